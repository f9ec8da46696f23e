import type { SuccessionKind } from '../change.ts';
import type { ConceptId } from '../entry.ts';
import type { EntryRange, HistoryIndex, IndexedLink } from './history-index.ts';
import { none } from './ints.ts';
import { meantBy, type Meant } from './meant.ts';
import type { Reach } from './reach.ts';

/** One thing that happened, always told forwards in time: `before` is the older side. */
export interface Hop {
  readonly revision: number;
  readonly kind: 'renumbered' | 'retitled' | 'retired' | 'created' | SuccessionKind;
  readonly before: Meant | null;
  readonly after: Meant | null;
}

/** Everything that happened to the concepts that were reached, from the time each stood for the one asked about. */
export function pathOf(index: HistoryIndex, reached: Reach, from: number, to: number): Hop[] {
  const links = new Set([...reached.links, ...reached.undone]);
  const hops: Hop[] = [];
  for (const [concept, arrival] of reached.arrivals) {
    const [low, high] = [Math.min(arrival, to), Math.max(arrival, to)];
    for (const hop of lifeOf(index, concept, low, high)) {
      const telling = tellingOf(index, concept, hop);
      if (telling.length === 0) hops.push(hop);
      else for (const link of telling) links.add(link);
    }
  }
  for (const link of links) hops.push(succession(index, link));
  const direction = from <= to ? 1 : -1;
  return hops.sort((a, b) => direction * (a.revision - b.revision));
}

/** Everything that ever happened to a concept, with the successions that it has a part in; the oldest first. */
export function historyOf(index: HistoryIndex, conceptId: ConceptId): Hop[] {
  const concept = index.find(conceptId);
  if (concept === undefined) return [];
  const links = [...index.successionsOf(concept, 'backward'), ...index.successionsOf(concept, 'forward')];
  const hops = [
    ...lifeOf(index, concept, -Infinity, Infinity),
    ...links.map((link) => succession(index, link)),
  ];
  return hops.sort((a, b) => a.revision - b.revision);
}

/** What happened to one concept itself after revision `low`, up to `high`. */
function lifeOf(index: HistoryIndex, concept: number, low: number, high: number): Hop[] {
  const ranges = index.rangesOf(concept).map((range) => index.rangeOf(range));
  const hops: Hop[] = [];
  const note = (revision: number, before: EntryRange | undefined, after: EntryRange | undefined): void => {
    const kind = kindOf(before, after);
    if (kind !== null && revision > low && revision <= high)
      hops.push({ revision, kind, before: side(before), after: side(after) });
  };
  ranges.forEach((range, i) => {
    const earlier = ranges[i - 1];
    const later = ranges[i + 1];
    note(range.from, earlier?.to === range.from ? earlier : undefined, range);
    if (range.to !== null && later?.from !== range.to) note(range.to, range, undefined);
  });
  return hops;
}

function kindOf(before: EntryRange | undefined, after: EntryRange | undefined): Hop['kind'] | null {
  if (!before) return 'created';
  if (!after) return 'retired';
  if (before.code !== after.code) return 'renumbered';
  return before.title === after.title ? null : 'retitled';
}

/** That a concept ended or began is told by its successions, where there are some. */
function tellingOf(index: HistoryIndex, concept: number, { kind, revision }: Hop): IndexedLink[] {
  if (kind !== 'retired' && kind !== 'created') return [];
  const links = index.successionsOf(concept, kind === 'retired' ? 'forward' : 'backward');
  return links.filter((link) => link.revision === revision);
}

function succession(index: HistoryIndex, { revision, kind, predecessor, successor }: IndexedLink): Hop {
  return {
    revision,
    kind,
    before: lastBefore(index, predecessor, revision),
    after: stateAt(index, successor, revision),
  };
}

function stateAt(index: HistoryIndex, concept: number, revision: number): Meant | null {
  const range = index.rangeAt(concept, revision);
  return range === none ? null : side(index.rangeOf(range));
}

/** As the concept was in the revision before, or when it was last part of the map. */
function lastBefore(index: HistoryIndex, concept: number, revision: number): Meant | null {
  const earlier = index.rangesOf(concept).map((range) => index.rangeOf(range));
  return side(earlier.findLast(({ from }) => from < revision));
}

function side(range: EntryRange | undefined): Meant | null {
  return range ? meantBy(range) : null;
}
