import type { EntityManager } from 'typeorm';
import type { ProfilePlan } from '#contracts';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { readDraftChanges } from '../drafts/review-draft.ts';
import { inWords } from '#words';
import type { ConnectorClient } from './connector-client.ts';

/** What a submission says of targets, or why it says nothing of them. */
export type SubmittedPlan =
  | { readonly plan: readonly ProfilePlan[]; readonly reason: null }
  | { readonly plan: null; readonly reason: string };

/** @param changes how many the draft has */
export type PlanOf = (draft: DraftRow, changes: number) => Promise<SubmittedPlan>;

/** Nobody is asked: the first map of an empty catalog, for example. */
export const noConnector: PlanOf = async () => ({ plan: null, reason: 'No connector was asked.' });

/** A historical edition changes nothing in any target. */
export const nothingDelivered: PlanOf = async () => ({
  plan: null,
  reason: 'Nothing of a historical edition is delivered.',
});

/** What the connector takes in one request. */
const mostChanges = 10_000;

/** Asks the connector with the token of whoever submits. Where it does not answer, the submission covers no plan. */
export function planBy(db: EntityManager, connector: ConnectorClient, authorization: string): PlanOf {
  return async (draft, count) => {
    if (count > mostChanges)
      return { plan: null, reason: `${count} changes are more than the connector plans in one request.` };
    const changes = await readDraftChanges(db, draft);
    const { schemeId: scheme, baseRevision: base } = draft;
    // The reason is kept in the audit log, which has one language.
    const answer = await connector.plans({ scheme, base, changes }, { authorization, language: 'en' });
    return 'reason' in answer
      ? { plan: null, reason: inWords(answer.reason, 'en') }
      : { plan: answer.profiles, reason: null };
  };
}
