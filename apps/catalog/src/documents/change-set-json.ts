import { concordance } from './concordance.ts';
import type { Comparison } from './load-comparison.ts';

/** The change set of two revisions, every old code with what became of it, and why changes were asked for. `apply(changes, from) = to`. */
export function changeSetJson(comparison: Comparison): string {
  const { from, to, successions: between, changes, reasons } = comparison;
  const successions = concordance(comparison).map(({ old, outcome, next }) => ({
    oldCode: old.code,
    oldConceptId: old.conceptId,
    outcome,
    newCode: next?.code ?? null,
    newConceptId: next?.conceptId ?? null,
  }));
  return JSON.stringify({
    scheme: from.schemeId,
    from: side(from),
    to: side(to),
    changes,
    links: between.links,
    successions,
    reasons: [...reasons].flatMap(([conceptId, told]) => told.map((reason) => ({ conceptId, reason }))),
  });
}

function side({ number, edition, revision }: Comparison['from']): object {
  return {
    revision: number,
    edition: edition.label,
    effectiveDate: revision.inForceFrom,
    contentHash: revision.contentHash.toString('hex'),
  };
}
