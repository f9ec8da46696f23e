import { randomUUID } from 'node:crypto';
import type { Edit } from '#contracts';
import type { ProblemDetail } from '#platform';
import { conceptIdFrom, parentCodeOf, rankOf, type CodeGrammar, type ConceptId, type Entry } from '#taxonomy';
import type { Overlay } from './overlay.ts';

/** What edits look at: the draft as it is, and the entries in force that they name. */
export interface EditContext {
  readonly grammar: CodeGrammar;
  readonly overlay: Overlay;
  /** Entries in force, by code or concept id named in an edit, or as the parent of a code given out. */
  readonly inForce: readonly Entry[];
}

export type OverlayEntry = Entry & { readonly retired?: boolean; readonly successors?: readonly ConceptId[] };

/** The next state of each concept that the edits touch, or all that is wrong with them. */
export function decideEdits(
  edits: readonly Edit[],
  { grammar, overlay, inForce }: EditContext,
  newId: () => string = randomUUID,
): { entries: OverlayEntry[]; problems: ProblemDetail[] } {
  const problems: ProblemDetail[] = [];
  const current = new Map<string, Entry>(inForce.map((entry) => [entry.conceptId, entry]));
  for (const [id, entry] of overlay.entries) current.set(id, entry);
  const byCode = new Map(
    inForce.filter(({ code }) => code).map((entry) => [String(entry.code), entry.conceptId]),
  );
  const touched = new Map<string, OverlayEntry>();
  const find = (reference: string, path: string): Entry | undefined => {
    const found =
      touched.get(reference) ?? current.get(reference) ?? current.get(byCode.get(reference) ?? '');
    if (!found)
      problems.push({
        path,
        rule: 'entry-unknown',
        code: reference,
        message: `There is no entry ${reference}.`,
      });
    return found;
  };

  edits.forEach((edit, i) => {
    if (edit.op === 'create') {
      const conceptId = edit.conceptId ?? conceptIdFrom(newId());
      if (current.has(conceptId) || touched.has(conceptId))
        problems.push({
          path: `edits[${i}].conceptId`,
          rule: 'entry-exists',
          message: `The entry ${conceptId} exists.`,
        });
      const { code, titles = {}, notes = {}, attributes = {} } = edit;
      touched.set(conceptId, {
        conceptId,
        code,
        parentId: null,
        rank: 0,
        titles,
        notes,
        attributes,
      });
    } else {
      const entry = find(edit.entry, `edits[${i}].entry`);
      if (!entry) return;
      if (edit.op === 'retire') touched.set(entry.conceptId, { ...entry, retired: true });
      else {
        const {
          code = entry.code,
          titles = entry.titles,
          notes = entry.notes,
          attributes = entry.attributes,
        } = edit;
        touched.set(entry.conceptId, {
          ...entry,
          retired: false,
          code,
          titles,
          notes,
          attributes,
        });
      }
    }
  });

  const holders = holdersAfter([...current.values()], overlay, touched);
  let created = 0;
  const createdIds = [...touched.keys()].filter((id) => !current.has(id));
  edits.forEach((edit, i) => {
    const id = edit.op === 'create' ? createdIds[created++] : find(edit.entry, '')?.conceptId;
    const entry = id === undefined ? undefined : touched.get(id);
    if (!entry) return;
    if (edit.op === 'retire') {
      const successors = edit.successors.map(
        (reference, s) => find(reference, `edits[${i}].successors[${s}]`)?.conceptId,
      );
      touched.set(entry.conceptId, {
        ...entry,
        successors: successors.filter((successor) => successor !== undefined),
      });
      return;
    }
    const rank = entry.code === null ? entry.rank : rankOf(grammar, entry.code);
    touched.set(entry.conceptId, { ...entry, rank, parentId: parentOf(edit, i, entry) });
  });
  return { entries: [...touched.values()], problems };

  function parentOf(edit: Exclude<Edit, { op: 'retire' }>, i: number, entry: Entry): ConceptId | null {
    if (edit.parent !== undefined)
      return edit.parent === null ? null : (find(edit.parent, `edits[${i}].parent`)?.conceptId ?? null);
    if (edit.op === 'change' && edit.code === undefined) return entry.parentId;
    const parentCode = entry.code === null ? null : parentCodeOf(grammar, entry.code);
    if (parentCode === null) return entry.parentId;
    const holder = holders.get(parentCode);
    if (holder) return holder;
    problems.push({
      path: `edits[${i}].code`,
      rule: 'parent-missing',
      code: entry.code ?? '',
      message: `There is no ${parentCode} for ${entry.code} to stand below.`,
    });
    return null;
  }
}

/** Who carries which code once the edits are done. */
function holdersAfter(
  current: readonly Entry[],
  overlay: Overlay,
  touched: ReadonlyMap<string, OverlayEntry>,
): Map<string, ConceptId> {
  const holders = new Map<string, ConceptId>();
  for (const entry of current)
    if (entry.code && !touched.has(entry.conceptId) && !overlay.retired.has(entry.conceptId))
      holders.set(entry.code, entry.conceptId);
  for (const entry of touched.values())
    if (entry.code && !entry.retired) holders.set(entry.code, entry.conceptId);
  return holders;
}
