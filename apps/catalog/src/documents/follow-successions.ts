import type { ConceptId, SuccessionLink } from '#taxonomy';

/** A succession that came with a revision. */
export interface SuccessionStep extends SuccessionLink {
  readonly revision: number;
}

interface Concepts {
  has(id: ConceptId): boolean;
}

/**
 * Successions of several revisions as links between the oldest and the newest map: whoever followed a successor is a
 * successor too. A way that ends outside the newer map gives no link.
 * @param steps in order of revision
 */
export function followSuccessions(
  steps: readonly SuccessionStep[],
  before: Concepts,
  after: Concepts,
): SuccessionLink[] {
  /** Where the work of each concept that a step named is by now, as far as the steps went. */
  const whereFrom = new Map<ConceptId, Set<ConceptId>>();
  for (const ofRevision of Map.groupBy(steps, ({ revision }) => revision).values()) {
    const reached = new Map<ConceptId, Set<ConceptId>>();
    for (const { predecessor, successor } of ofRevision)
      for (const origin of [...(whereFrom.get(predecessor) ?? []), predecessor]) {
        if (!before.has(origin)) continue;
        const origins = reached.get(successor) ?? new Set();
        reached.set(successor, origins.add(origin));
      }
    for (const [successor, origins] of reached)
      whereFrom.set(successor, new Set([...(whereFrom.get(successor) ?? []), ...origins]));
  }
  return [...whereFrom]
    .filter(([successor]) => after.has(successor))
    .flatMap(([successor, origins]) =>
      [...origins]
        .filter((predecessor) => predecessor !== successor)
        .map((predecessor) => ({ predecessor, successor })),
    );
}
