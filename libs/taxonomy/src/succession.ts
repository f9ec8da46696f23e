import type { Change, SuccessionKind, SuccessionLink } from './change.ts';
import { areSame } from './difference.ts';
import type { ConceptId } from './entry.ts';

/** Concepts whose places are taken together: all that links connect. */
export interface Succession {
  readonly kind: SuccessionKind;
  /** Concepts of the older revision, those that live on included. */
  readonly sources: readonly ConceptId[];
  /** Concepts of the newer revision, those that lived before included. */
  readonly targets: readonly ConceptId[];
}

interface Concepts {
  has(id: ConceptId): boolean;
}

/**
 * What links between two revisions amount to, for each concept that a link names. A concept that is in both revisions
 * is its own predecessor and successor: one that absorbs another is `merged`, one that gives off a part is `split`.
 * @param base concepts of the older revision
 * @param next concepts of the newer one
 * @param partlyEnded concepts of the older one of which a part has no successor: it counts as one
 */
export function successionOf(
  links: readonly SuccessionLink[],
  base: Concepts,
  next: Concepts,
  partlyEnded: ReadonlySet<ConceptId> = new Set(),
): Map<ConceptId, Succession> {
  const successions = new Map<ConceptId, Succession>();
  const predecessors = new Set(links.map(({ predecessor }) => predecessor));
  const successors = new Set(links.map(({ successor }) => successor));
  for (const members of [...components(links), ...apart(partlyEnded, links)]) {
    const sources = members.filter((id) => predecessors.has(id) || base.has(id));
    const targets = members.filter((id) => successors.has(id) || next.has(id));
    const ended = sources.some((id) => partlyEnded.has(id)) ? 1 : 0;
    const succession = { kind: kindOf(sources.length, targets.length + ended), sources, targets };
    for (const id of members) successions.set(id, succession);
  }
  return successions;
}

/** Concepts of which a part ended and the rest goes on in themselves alone. */
function apart(partlyEnded: ReadonlySet<ConceptId>, links: readonly SuccessionLink[]): ConceptId[][] {
  const linked = new Set(links.flatMap(({ predecessor, successor }) => [predecessor, successor]));
  return [...partlyEnded].filter((id) => !linked.has(id)).map((id) => [id]);
}

function kindOf(sources: number, targets: number): SuccessionKind {
  if (sources === 1) return targets === 1 ? 'replaced' : 'split';
  return targets === 1 ? 'merged' : 'regrouped';
}

function components(links: readonly SuccessionLink[]): ConceptId[][] {
  const neighbours = new Map<ConceptId, ConceptId[]>();
  const connect = (from: ConceptId, to: ConceptId): void => {
    const known = neighbours.get(from);
    if (known) known.push(to);
    else neighbours.set(from, [to]);
  };
  for (const { predecessor, successor } of links) {
    connect(predecessor, successor);
    connect(successor, predecessor);
  }
  const seen = new Set<ConceptId>();
  return [...neighbours.keys()].flatMap((start) => {
    if (seen.has(start)) return [];
    const members = new Set([start]);
    for (const id of members) {
      seen.add(id);
      for (const neighbour of neighbours.get(id) ?? []) members.add(neighbour);
    }
    return [[...members]];
  });
}

/** Links by one of their ends: `groupLinks(links, 'predecessor')` gives the successors of each. */
export function groupLinks(
  links: readonly SuccessionLink[],
  by: keyof SuccessionLink,
): Map<ConceptId, ConceptId[]> {
  const other = by === 'predecessor' ? 'successor' : 'predecessor';
  const groups = new Map<ConceptId, ConceptId[]>();
  for (const link of links) {
    const group = groups.get(link[by]);
    if (group) group.push(link[other]);
    else groups.set(link[by], [link[other]]);
  }
  return groups;
}

/**
 * Both ends of each link between two that do not change otherwise: no change of theirs would tell of it. Where one end
 * changes, its change does.
 */
export function untoldEnds(links: readonly SuccessionLink[], changed: Concepts): ConceptId[] {
  return links.flatMap(({ predecessor, successor }) =>
    changed.has(predecessor) || changed.has(successor) ? [] : [predecessor, successor],
  );
}

/** Whether all that happened to an entry is that it gave or took a part. */
export function isOnlyLinked({ kinds, before, after }: Change): boolean {
  return kinds.join() === 'redefined' && before !== null && after !== null && areSame(before, after);
}
