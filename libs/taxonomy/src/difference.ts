import { changeKinds, type ChangeKind } from './change.ts';
import type { ConceptId, Entry } from './entry.ts';
import { sameValue } from './equality.ts';

/** The kinds of one change as bits, in the order of `changeKinds`. */
export type Kinds = number;
export const bit = (kind: ChangeKind): Kinds => 1 << changeKinds.indexOf(kind);
export const [created, reactivated, retitled, redefined] = [
  bit('created'),
  bit('reactivated'),
  bit('retitled'),
  bit('redefined'),
];
export const [renumbered, moved, attributes, reordered, retired] = [
  bit('renumbered'),
  bit('moved'),
  bit('attributes-changed'),
  bit('reordered'),
  bit('retired'),
];

/** One concept that differs. Kinds are gathered as bits until all are known. */
export interface Difference {
  readonly conceptId: ConceptId;
  readonly before: Entry | undefined;
  readonly after: Entry | undefined;
  kinds: Kinds;
}
export type Differences = Map<ConceptId, Difference>;

/** What became of a concept. */
type Outcome = Pick<Difference, 'after' | 'kinds'>;

/** How two entries of one concept differ; the order of siblings is left out. */
export function compareEntries(before: Entry, after: Entry): Kinds {
  if (before === after) return 0;
  return (
    (sameValue(before.titles, after.titles) ? 0 : retitled) |
    (sameValue(before.notes, after.notes) ? 0 : redefined) |
    (before.code === after.code ? 0 : renumbered) |
    (before.parentId === after.parentId ? 0 : moved) |
    (sameValue(before.attributes, after.attributes) ? 0 : attributes)
  );
}

/** Whether two entries of one concept differ in nothing, the order of siblings left out. */
export function areSame(before: Entry, after: Entry): boolean {
  return (
    before === after ||
    (before.code === after.code && before.parentId === after.parentId && compareEntries(before, after) === 0)
  );
}

/** Of a concept that both maps have. */
export function differenceBetween(before: Entry | undefined, after: Entry | undefined): Outcome | undefined {
  return before && after && { after, kinds: compareEntries(before, after) };
}

const named = new Map<Kinds, readonly ChangeKind[]>();

export function namesOf(kinds: Kinds): readonly ChangeKind[] {
  let names = named.get(kinds);
  if (!names) named.set(kinds, (names = changeKinds.filter((kind) => kinds & bit(kind))));
  return names;
}

/** An entry is renumbered because of its ancestor when it kept its parent and that parent is renumbered or moved itself. */
export function causes(
  differenceOf: (id: ConceptId) => Outcome | undefined,
): (difference: Outcome) => ConceptId | null {
  const relocated = renumbered | moved;
  const known = new Map<ConceptId, ConceptId | null>();
  let [lastParent, lastCause]: [ConceptId | null, ConceptId | null] = [null, null];
  const causeBelow = (parentId: ConceptId): ConceptId | null => {
    if (parentId === lastParent) return lastCause;
    let cause = known.get(parentId);
    if (cause === undefined) {
      const parent = differenceOf(parentId);
      cause = parent && parent.kinds & relocated ? (causeOf(parent) ?? parentId) : null;
      known.set(parentId, cause);
    }
    [lastParent, lastCause] = [parentId, cause];
    return cause;
  };
  const causeOf = ({ after, kinds }: Outcome): ConceptId | null =>
    after?.parentId && kinds & relocated && !(kinds & moved) ? causeBelow(after.parentId) : null;
  return causeOf;
}
