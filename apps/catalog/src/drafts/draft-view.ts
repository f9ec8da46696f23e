import type { ProfilePlan } from '#contracts';
import { versionTag } from '#platform';
import type { FastifyReply } from 'fastify';
import { placementOf, type Placement } from '../history/placement.ts';
import type { DraftRow } from '../database/entities/draft.entity.ts';

/** A draft as the API shows it. */
export interface DraftView {
  readonly id: string;
  readonly scheme: string;
  /** Of the revision that it would make; of a sealed set the one with which it comes into force. */
  readonly edition: string;
  readonly baseRevision: number | null;
  readonly state: DraftRow['state'];
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly publishedRevision: number | null;
  /** Content hash of the map that was submitted. */
  readonly submittedHash: string | null;
  /** Of all that was submitted; an approval names it. */
  readonly submissionHash: string | null;
  /** What was submitted means this for targets, by profile; null: an approval covers no plan. */
  readonly plan: readonly ProfilePlan[] | null;
  /** The day that it is sealed for, or was until a conflict. */
  readonly effectiveDate: string | null;
  /** It is a historical edition, to be placed before that revision. */
  readonly history: Placement | null;
  /** It mends what is in force, or leads back to an earlier revision. */
  readonly erratum: boolean;
  readonly rollbackTo: number | null;
}

export function draftView(draft: DraftRow): DraftView {
  const { id, schemeId, edition, baseRevision, state, version, createdBy, createdAt, publishedRevision } =
    draft;
  return {
    id,
    scheme: schemeId,
    edition: (state === 'sealed' ? draft.sealedEdition : null) ?? edition.label,
    baseRevision,
    state,
    version,
    createdBy,
    createdAt: createdAt.toISOString(),
    publishedRevision,
    submittedHash: draft.submittedHash?.toString('hex') ?? null,
    submissionHash: draft.submissionHash?.toString('hex') ?? null,
    plan: draft.plan,
    effectiveDate: draft.effectiveDate,
    history: placementOf(draft),
    erratum: draft.erratum,
    rollbackTo: draft.rollbackTo,
  };
}

/** The same as an answer: its ETag is what the next change sends as If-Match. */
export function answerDraft(reply: FastifyReply, draft: DraftRow): DraftView {
  void reply.header('etag', versionTag(draft.version));
  return draftView(draft);
}
