import { randomUUID } from 'node:crypto';
import type { Edit } from '#contracts';
import type { ProblemDetail } from '#platform';
import {
  codeBeside,
  conceptIdFrom,
  nameIn,
  parentCodeOf,
  type CodeGrammar,
  type ConceptId,
  type Entry,
  type SuccessionLink,
} from '#taxonomy';
import { say } from '#words';
import type { DecidedSuccessions, Overlay, OverlayEntry } from './overlay.ts';

/** What edits look at: the draft as it is, and the entries of its base that they name. */
export interface EditContext {
  readonly grammar: CodeGrammar;
  readonly overlay: Overlay;
  /** Entries of the revision on which it stands, by code or concept id named in an edit, or as the parent of a code given out. */
  readonly base: readonly Entry[];
  /** Identities that cannot be chosen for a new entry. */
  readonly taken: ReadonlySet<string>;
}

export interface Decided {
  readonly entries: readonly OverlayEntry[];
  /** Those that are new among their siblings, because they are new, or have another code or parent: they need a rank. */
  readonly placed: ReadonlySet<ConceptId>;
  readonly successions: DecidedSuccessions;
  readonly problems: readonly ProblemDetail[];
}

/** The next state of each concept that the edits touch, or all that is wrong with them. */
export function decideEdits(
  edits: readonly Edit[],
  context: EditContext,
  newId: () => string = randomUUID,
): Decided {
  const problems: ProblemDetail[] = [];
  const known = knownEntries(context);
  const ids = edits.map((edit, i) => {
    if (edit.op !== 'create')
      return known.find(edit.entry)?.conceptId ?? unknownEntry(edit.entry, `edits[${i}].entry`);
    const id = edit.conceptId ?? conceptIdFrom(newId());
    return known.byId.has(id) || context.taken.has(id) ? exists(id, i) : id;
  });
  problems.push(...retiredAndChanged(edits, ids, known.byId));
  const created = new Set(edits.flatMap(({ op }, i) => (op === 'create' ? (ids[i] ?? []) : [])));
  const refer = (reference: string, path: string): ConceptId | null => {
    const id = conceptIdFrom(reference);
    return created.has(id) ? id : (known.find(reference)?.conceptId ?? unknownEntry(reference, path));
  };

  const touched = new Map<ConceptId, OverlayEntry>();
  edits.forEach((edit, i) => {
    const id = ids[i];
    if (id) touched.set(id, nextState(id, edit, touched.get(id) ?? known.byId.get(id)));
  });
  const holders = holdersAfter(known.byId.values(), context.overlay, touched);
  const [of, to] = [new Set<ConceptId>(), new Set<ConceptId>()];
  const links: SuccessionLink[] = [];
  const referAll = (references: readonly string[], path: string, concept: ConceptId): ConceptId[] =>
    references.flatMap((each, r) => {
      const id = refer(each, `${path}[${r}]`);
      return id === concept ? followsItself(each, `${path}[${r}]`) : (id ?? []);
    });
  edits.forEach((edit, i) => {
    const entry = touched.get(ids[i] ?? conceptIdFrom(''));
    if (!entry) return;
    const { conceptId } = entry;
    if (edit.op === 'retire') {
      if (!edit.successors) return;
      of.add(conceptId);
      for (const successor of referAll(edit.successors, `edits[${i}].successors`, conceptId))
        links.push({ predecessor: conceptId, successor });
      touched.set(conceptId, { ...entry, decidedNone: edit.successors.length === 0 });
    } else {
      if (context.overlay.retired.has(conceptId)) of.add(conceptId);
      if (edit.predecessors) to.add(conceptId);
      for (const predecessor of referAll(edit.predecessors ?? [], `edits[${i}].predecessors`, conceptId))
        links.push({ predecessor, successor: conceptId });
      touched.set(conceptId, { ...entry, parentId: parentAfter(edit, i, entry) });
    }
  });
  const entries = [...touched.values()];
  const placed = new Set(entries.filter(isPlaced).map(({ conceptId }) => conceptId));
  return { entries, placed, successions: { of: [...of], to: [...to], links }, problems };

  function parentAfter(edit: Exclude<Edit, { op: 'retire' }>, i: number, entry: Entry): ConceptId | null {
    if (edit.parent !== undefined)
      return edit.parent === null ? null : refer(edit.parent, `edits[${i}].parent`);
    if (edit.op === 'change' && edit.code === undefined) return entry.parentId;
    const parentCode = entry.code === null ? null : parentCodeOf(context.grammar, entry.code);
    if (parentCode === null) return entry.parentId;
    const holder = holders.get(parentCode);
    if (holder) return holder;
    const message = say`There is no ${parentCode} for ${entry.code ?? '?'} to stand below.`;
    problems.push({ path: `edits[${i}].code`, rule: 'parent-missing', code: entry.code ?? '', message });
    return null;
  }

  /** Who keeps code and parent keeps the place among siblings, which an import may have given otherwise than the code does. */
  function isPlaced({ conceptId, code, parentId, retired }: OverlayEntry): boolean {
    const before = known.byId.get(conceptId);
    return !retired && (before?.code !== code || before.parentId !== parentId);
  }

  function unknownEntry(reference: string, path: string): null {
    problems.push({
      path,
      rule: 'entry-unknown',
      code: reference,
      message: say`There is no entry ${reference}.`,
    });
    return null;
  }

  function followsItself(reference: string, path: string): [] {
    problems.push({
      path,
      rule: 'successor-itself',
      code: reference,
      message: say`${reference} cannot take its own place.`,
    });
    return [];
  }

  function exists(id: ConceptId, i: number): null {
    problems.push({
      path: `edits[${i}].conceptId`,
      rule: 'entry-exists',
      message: say`The entry ${id} exists.`,
    });
    return null;
  }
}

/** A list has no order in which an entry could change and then end: whoever asks for both meant one of them. */
function retiredAndChanged(
  edits: readonly Edit[],
  ids: readonly (ConceptId | null)[],
  known: ReadonlyMap<string, Entry>,
): ProblemDetail[] {
  const first = new Map<ConceptId, number>();
  return edits.flatMap(({ op }, i): ProblemDetail[] => {
    const id = ids[i];
    if (!id) return [];
    const before = first.get(id);
    if (before === undefined) first.set(id, i);
    if (before === undefined || (edits[before]?.op === 'retire') === (op === 'retire')) return [];
    const message = say`${nameIn(known, id)} is both retired and changed, by edits[${before}] and edits[${i}]; in one list it is one of the two.`;
    return [{ path: `edits[${i}]`, rule: 'retired-and-changed', ...codeBeside(known.get(id)), message }];
  });
}

/** Entries as the draft has them now; `find` takes a concept id, or the code that an entry carries in the base. */
function knownEntries({ overlay, base }: EditContext) {
  const byId = new Map<string, Entry>(base.map((entry) => [entry.conceptId, entry]));
  for (const [id, entry] of overlay.entries) byId.set(id, entry);
  const idByCode = new Map(base.map(({ code, conceptId }) => [String(code), conceptId]));
  return {
    byId,
    find: (reference: string) => byId.get(reference) ?? byId.get(idByCode.get(reference) ?? ''),
  };
}

/** What an edit says of a concept, before anybody's place is known. */
function nextState(conceptId: ConceptId, edit: Edit, before: OverlayEntry | undefined): OverlayEntry {
  const { code, parentId, rank, titles, notes, attributes } = before ?? blank;
  const entry = { conceptId, code, parentId, rank, titles, notes, attributes };
  if (edit.op === 'retire') return { ...entry, retired: true };
  return {
    ...entry,
    code: edit.code === undefined ? code : edit.code,
    titles: edit.titles ?? titles,
    notes: edit.notes ?? notes,
    attributes: edit.attributes ?? attributes,
  };
}

const blank = { code: null, parentId: null, rank: 0, titles: {}, notes: {}, attributes: {} };

/** Who carries which code once the edits are done. */
function holdersAfter(
  current: Iterable<Entry>,
  overlay: Overlay,
  touched: ReadonlyMap<ConceptId, OverlayEntry>,
): Map<string, ConceptId> {
  const holders = new Map<string, ConceptId>();
  for (const { code, conceptId } of current)
    if (code && !touched.has(conceptId) && !overlay.retired.has(conceptId)) holders.set(code, conceptId);
  for (const { code, conceptId, retired } of touched.values())
    if (code && !retired) holders.set(code, conceptId);
  return holders;
}
