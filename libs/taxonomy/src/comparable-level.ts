import type { PlacedEntry } from './change.ts';
import { ancestorsOf, type ConceptId, type Entries, type Entry } from './entry.ts';
import { levelOf, type CodeGrammar } from './grammar.ts';
import type { Succession } from './succession.ts';

/** What happened to one concept, as far as comparing its history goes. */
export interface Comparison {
  readonly isRedefined: boolean;
  readonly isMoved: boolean;
  readonly succession: Succession | undefined;
}

/**
 * The deepest level at which sums over history stay comparable across a change: the level of the deepest concept that
 * both revisions have and that all old and new places lie below; 0 when only the whole map is. What keeps its meaning
 * and its parent is comparable itself.
 */
export function comparableLevels(
  grammar: CodeGrammar,
  base: Entries,
  next: Entries,
): (before: PlacedEntry | null, after: PlacedEntry | null, comparison: Comparison) => number {
  const ofSuccession = new Map<Succession, number>();
  const belowOld = levelBelow(base);
  const belowNew = levelBelow(next);
  return (before, after, { isRedefined, isMoved, succession }) => {
    if (before && after && !isRedefined && !isMoved && !succession)
      return Math.min(before.level, after.level);
    const level = levelOfPlaces(before, after);
    if (!succession) return level;
    let common = ofSuccession.get(succession);
    if (common === undefined) ofSuccession.set(succession, (common = commonLevel(placesOf(succession))));
    return before && after ? Math.min(level, common) : common;
  };

  function levelOfPlaces(before: PlacedEntry | null, after: PlacedEntry | null): number {
    if (before && after) return commonLevel([ancestorsOf(base, before), ancestorsOf(next, after)]);
    return before ? belowOld(before.parentId) : belowNew(after?.parentId ?? null);
  }

  /** Of what is created or retired below one parent: siblings share it. */
  function levelBelow(entries: Entries): (parentId: ConceptId | null) => number {
    const known = new Map<ConceptId | null, number>();
    return (parentId) => {
      let level = known.get(parentId);
      if (level === undefined)
        known.set(parentId, (level = commonLevel(parentId === null ? [] : [chainOf(entries, parentId)])));
      return level;
    };
  }

  function placesOf({ sources, targets }: Succession): Entry[][] {
    return [...sources.map((id) => chainOf(base, id)), ...targets.map((id) => chainOf(next, id))];
  }

  /** Level of the deepest entry that all chains hold, and both maps: where they disagree, the higher of the two counts. */
  function commonLevel(chains: Entry[][]): number {
    const [first = [], ...others] = chains;
    const sets = others.map((chain) => new Set(chain.map(({ conceptId }) => conceptId)));
    const common = first.filter(({ conceptId: id }) => sets.every((set) => set.has(id)));
    const levels = common.map(({ conceptId: id }) => Math.min(levelIn(base, id), levelIn(next, id)));
    return Math.max(0, ...levels);
  }

  function levelIn(entries: Entries, id: ConceptId): number {
    const entry = entries.get(id);
    if (!entry) return 0;
    return (entry.code && levelOf(grammar, entry.code)?.depth) ?? ancestorsOf(entries, entry).length + 1;
  }
}

/** An entry and its ancestors; nothing when the map has no such entry. */
function chainOf(entries: Entries, id: ConceptId): Entry[] {
  const entry = entries.get(id);
  return entry ? [entry, ...ancestorsOf(entries, entry)] : [];
}
