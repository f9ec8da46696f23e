import type { EntityManager } from 'typeorm';
import type { ImpactAnswer, UsageQuery } from '#contracts';
import type { Change } from '#taxonomy';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { readDraftChanges } from '../drafts/review-draft.ts';
import { placementOf } from '../history/placement.ts';
import { inWords } from '#words';
import type { Asker, ConnectorClient } from './connector-client.ts';

/** Concepts that the connector counts in one call. */
const mostConcepts = 1_000;

/**
 * What publishing a draft means for targets, and for a page of them how much uses what it touches. What nobody
 * knows, it says. A historical edition touches nothing in any target.
 */
export async function draftImpact(
  db: EntityManager,
  connector: ConnectorClient,
  draft: DraftRow,
  page: UsageQuery,
  asker: Asker,
): Promise<ImpactAnswer> {
  const { schemeId: scheme, baseRevision } = draft;
  const changes = placementOf(draft) ? [] : await readDraftChanges(db, draft);
  const touched = changes.flatMap(hadCode);
  const asked = touched.slice(0, mostConcepts);
  const [plans, usage] = await Promise.all([
    connector.plans({ scheme, base: baseRevision, changes }, asker),
    asked.length === 0 ? nothingUsed : connector.usage(scheme, asked, page, asker),
  ]);
  return {
    scheme,
    baseRevision,
    changes: changes.length,
    plan:
      'reason' in plans
        ? { isKnown: false, reason: inWords(plans.reason, asker.language), profiles: [] }
        : { isKnown: true, reason: null, profiles: plans.profiles },
    usage: {
      ...('reason' in usage
        ? { isKnown: false, reason: inWords(usage.reason, asker.language), ...nothingUsed }
        : { isKnown: true, reason: null, ...usage }),
      touched: touched.length,
      asked: asked.length,
    },
  };
}

const nothingUsed: Pick<ImpactAnswer['usage'], 'profiles' | 'targets' | 'next'> = {
  profiles: [],
  targets: [],
  next: null,
};

/** What is new, or had no code, has no record yet. */
function hadCode({ conceptId, before }: Change): Change['conceptId'][] {
  return before?.code ? [conceptId] : [];
}
