import { compareCodes } from './compare-codes.ts';
import { comparableLevels } from './comparable-level.ts';
import type { Change, Successions } from './change.ts';
import type { Code, ConceptId, Entries } from './entry.ts';
import {
  causes,
  compareEntries,
  created,
  differenceBetween,
  moved,
  namesOf,
  reactivated,
  redefined,
  renumbered,
  reordered,
  retired,
  type Difference,
} from './difference.ts';
import type { CodeGrammar } from './grammar.ts';
import { placer } from './place.ts';
import { reorderedConcepts } from './reordered.ts';
import type { SuccessionsBetween } from './resolve/links-between.ts';
import { groupLinks, successionOf, untoldEnds } from './succession.ts';

/** What a diff knows beside the two maps. */
export interface DiffContext {
  readonly grammar: CodeGrammar;
  readonly successions?: Pick<Successions, 'links'> & Partial<Pick<SuccessionsBetween, 'partlyEnded'>>;
  /** Concepts of older revisions that the base does not hold: bringing one back is `reactivated`. */
  readonly formerConcepts?: ReadonlySet<ConceptId>;
  /** Who last carried a code that no entry of the base has: giving it to another concept is a reuse, too. */
  readonly formerHolders?: FormerHolders;
}

/** Who last carried a code, and under which title. */
export interface FormerHolder {
  readonly conceptId: ConceptId;
  readonly title: string | null;
  /** Its code in the base, where that was asked and it has one. */
  readonly now?: Code | null;
}

export type FormerHolders = ReadonlyMap<Code, FormerHolder>;

/**
 * All changes that turn `base` into `next`, one for each concept that differs, in order of code (retired ones by
 * their old code, and after all others). A succession between two that differ in nothing is told by a change of each:
 * `redefined`, because what they stand for is no longer the same. Both maps may be parts of a whole, as long as they
 * hold the same concepts around each difference: its ancestors, the siblings whose order matters, and those that a
 * succession names with their ancestors.
 */
export function diff(base: Entries, next: Entries, context: DiffContext): Change[] {
  const { grammar, formerConcepts, formerHolders, successions: decided = { links: [] } } = context;
  const { links, partlyEnded } = decided;
  const differing = findDifferences(base, next, formerConcepts);
  const differences = [...differing, ...onlyLinked(differing, decided, base, next)];
  if (differences.length === 0) return [];

  const holderOf = holdersIn(base, differences, formerHolders);
  const causeOf = causes((id) => differenceBetween(base.get(id), next.get(id)));
  const placeBefore = placer(grammar, base);
  const placeAfter = placer(grammar, next);
  const comparableLevel = comparableLevels(grammar, base, next);
  const successions = successionOf(links, base, next, partlyEnded);
  const successors = groupLinks(links, 'predecessor');
  const predecessors = groupLinks(links, 'successor');
  const changes: Change[] = [];
  for (const difference of differences) {
    const { conceptId, kinds } = difference;
    const before = difference.before ? placeBefore(difference.before) : null;
    const after = difference.after ? placeAfter(difference.after) : null;
    const succession = successions.get(conceptId);
    changes.push({
      conceptId,
      kinds: namesOf(kinds),
      before,
      after,
      causedBy: causeOf(difference),
      codeReusedFrom: holderOf(difference),
      successors: successors.get(conceptId) ?? none,
      predecessors: predecessors.get(conceptId) ?? none,
      successionKind: succession?.kind ?? null,
      continues: after !== null && successors.has(conceptId),
      comparableLevel: comparableLevel(before, after, {
        isRedefined: (kinds & redefined) !== 0,
        isMoved: (kinds & moved) !== 0,
        succession,
      }),
    });
  }
  const inOrder = byCode(grammar);
  const isSorted = changes.every((change, i) => i === 0 || inOrder(changes[i - 1] ?? change, change) < 0);
  return isSorted ? changes : changes.sort(inOrder);
}

const none: readonly ConceptId[] = [];

/**
 * How each concept differs. Both maps are walked side by side, because two revisions usually hold their concepts in one
 * order; only what is out of step is looked up.
 */
function findDifferences(
  base: Entries,
  next: Entries,
  former: ReadonlySet<ConceptId> | undefined,
): Difference[] {
  const differences: Difference[] = [];
  const isReordered = reorderedConcepts(base, next);
  const beside = next.values();
  let kept = 0;
  for (const before of base.values()) {
    const { conceptId } = before;
    const candidate = beside.next().value;
    const after = candidate?.conceptId === conceptId ? candidate : next.get(conceptId);
    if (after) kept++;
    const kinds =
      (after ? compareEntries(before, after) : retired) | (isReordered.has(conceptId) ? reordered : 0);
    if (kinds) differences.push({ conceptId, before, after, kinds });
  }
  if (kept === next.size) return differences;
  next.forEach((after, conceptId) => {
    const kinds = former?.has(conceptId) ? reactivated : created;
    if (!base.has(conceptId)) differences.push({ conceptId, before: undefined, after, kinds });
  });
  return differences;
}

/**
 * Who gives or takes a part, or of whom one ended, where nobody's difference tells of it. Each stays as it is, with its
 * rank, which is no change either.
 */
function onlyLinked(
  differing: readonly Difference[],
  { links, partlyEnded = new Set() }: NonNullable<DiffContext['successions']>,
  base: Entries,
  next: Entries,
): Difference[] {
  if (links.length + partlyEnded.size === 0) return [];
  const told = new Set(differing.map(({ conceptId }) => conceptId));
  // What an entry left behind that ended before was told when it ended.
  const lived = links.filter(({ predecessor }) => base.has(predecessor));
  const linked = new Set([...untoldEnds(lived, told), ...partlyEnded]);
  return [...linked].flatMap((conceptId) => {
    const before = base.get(conceptId);
    const isUntold = before !== undefined && next.has(conceptId) && !told.has(conceptId);
    return isUntold ? [{ conceptId, before, after: before, kinds: redefined }] : [];
  });
}

/**
 * Who carried the code that a concept gets, in the base or last before it, when that was another one. Codes are mostly
 * taken in the order in which they stood, so the entry after the last holder is asked first.
 */
function holdersIn(
  base: Entries,
  differences: readonly Difference[],
  former: FormerHolders | undefined,
): (difference: Difference) => ConceptId | null {
  const getsCode = created | reactivated | renumbered;
  const entries = differences.some(({ kinds }) => kinds & getsCode) ? [...base.values()] : [];
  const placeOf = new Map<Code, number>();
  entries.forEach(({ code }, i) => code && placeOf.set(code, i));
  let expected = 0;
  return ({ conceptId, after, kinds }) => {
    if (!(kinds & getsCode) || !after?.code) return null;
    const place = entries[expected]?.code === after.code ? expected : placeOf.get(after.code);
    if (place !== undefined) expected = place + 1;
    const holder = place === undefined ? former?.get(after.code)?.conceptId : entries[place]?.conceptId;
    return holder && holder !== conceptId ? holder : null;
  };
}

function byCode(grammar: CodeGrammar): (a: Change, b: Change) => number {
  return (a, b) => {
    const isRetired = Number(a.after === null) - Number(b.after === null);
    if (isRetired !== 0) return isRetired;
    const [left, right] = [(a.after ?? a.before)?.code ?? '', (b.after ?? b.before)?.code ?? ''];
    return compareCodes(left, right, grammar) || (a.conceptId < b.conceptId ? -1 : 1);
  };
}
