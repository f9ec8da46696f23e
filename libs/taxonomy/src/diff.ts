import { isDeepStrictEqual } from 'node:util';
import type { Change, ChangeKind, Successions } from './change.ts';
import type { Code, ConceptId, Entries, Entry } from './entry.ts';
import { compareCodes, type CodeGrammar } from './grammar.ts';
import { place } from './place.ts';
import { reorderedConcepts } from './reordered.ts';

/** What a diff knows beside the two maps. */
export interface DiffContext {
  readonly grammar: CodeGrammar;
  /** Decisions for retired concepts. */
  readonly successions?: Successions;
  /** Concepts of older revisions that the base does not hold: bringing one back is `reactivated`. */
  readonly formerConcepts?: ReadonlySet<ConceptId>;
}

/**
 * All changes that turn `base` into `next`, one for each concept that differs, in order of code (retired ones by
 * their old code, and after all others). Both maps may be parts of a whole, as long as they hold the same concepts
 * around each difference: its ancestors, and the siblings whose order matters.
 */
export function diff(base: Entries, next: Entries, context: DiffContext): Change[] {
  const reordered = reorderedConcepts(base, next);
  const heldBefore = holders(base);
  const predecessors = invert(context.successions ?? new Map());
  const kindsOf = new Map<ConceptId, ChangeKind[]>();
  for (const id of new Set([...base.keys(), ...next.keys()])) {
    const kinds = compare(base.get(id), next.get(id), context, reordered.has(id));
    if (kinds.length > 0) kindsOf.set(id, kinds);
  }
  const changes = [...kindsOf].map(([conceptId, kinds]): Change => {
    const before = base.get(conceptId);
    const after = next.get(conceptId);
    const holder = after?.code ? heldBefore.get(after.code) : undefined;
    return {
      conceptId,
      kinds,
      before: before ? place(context.grammar, base, before) : null,
      after: after ? place(context.grammar, next, after) : null,
      causedBy: after ? causeOf(after, next, kindsOf) : null,
      codeReusedFrom: holder && holder !== conceptId ? holder : null,
      successors: after ? [] : (context.successions?.get(conceptId) ?? []),
      predecessors: before ? [] : (predecessors.get(conceptId) ?? []),
    };
  });
  return changes.sort(byCode);
}

function compare(
  before: Entry | undefined,
  after: Entry | undefined,
  context: DiffContext,
  reordered: boolean,
): ChangeKind[] {
  if (before === after || !(before ?? after)) return [];
  if (!before) return [after && context.formerConcepts?.has(after.conceptId) ? 'reactivated' : 'created'];
  if (!after) return ['retired'];
  const kinds: ChangeKind[] = [];
  if (!isDeepStrictEqual(before.titles, after.titles)) kinds.push('retitled');
  if (!isDeepStrictEqual(before.notes, after.notes)) kinds.push('redefined');
  if (before.code !== after.code) kinds.push('renumbered');
  if (before.parentId !== after.parentId) kinds.push('moved');
  if (!isDeepStrictEqual(before.attributes, after.attributes)) kinds.push('attributes-changed');
  if (reordered) kinds.push('reordered');
  return kinds;
}

/** An entry is renumbered because of its ancestor when it kept its parent and that parent is renumbered or moved itself. */
function causeOf(
  entry: Entry,
  next: Entries,
  kindsOf: ReadonlyMap<ConceptId, ChangeKind[]>,
): ConceptId | null {
  const relocated = (id: ConceptId) =>
    kindsOf.get(id)?.some((kind) => kind === 'renumbered' || kind === 'moved') ?? false;
  const moved = (id: ConceptId) => kindsOf.get(id)?.includes('moved') ?? false;
  if (!relocated(entry.conceptId)) return null;
  let cause: ConceptId | null = null;
  for (let current = entry; current.parentId && !moved(current.conceptId) && relocated(current.parentId);) {
    cause = current.parentId;
    const parent = next.get(current.parentId);
    if (!parent) break;
    current = parent;
  }
  return cause;
}

function holders(entries: Entries): Map<Code, ConceptId> {
  const byCode = new Map<Code, ConceptId>();
  for (const { code, conceptId } of entries.values()) if (code) byCode.set(code, conceptId);
  return byCode;
}

function invert(successions: Successions): Map<ConceptId, ConceptId[]> {
  const predecessors = new Map<ConceptId, ConceptId[]>();
  for (const [old, successors] of successions)
    for (const id of successors) predecessors.set(id, [...(predecessors.get(id) ?? []), old]);
  return predecessors;
}

function byCode(a: Change, b: Change): number {
  const retired = Number(a.after === null) - Number(b.after === null);
  const [left, right] = [(a.after ?? a.before)?.code ?? '', (b.after ?? b.before)?.code ?? ''];
  return retired || compareCodes(left, right) || (a.conceptId < b.conceptId ? -1 : 1);
}
