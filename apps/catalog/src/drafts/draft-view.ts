import { versionTag } from '#platform';
import type { FastifyReply } from 'fastify';
import type { DraftRow } from '../database/entities/draft.entity.ts';

/** A draft as the API shows it. */
export interface DraftView {
  readonly id: string;
  readonly scheme: string;
  readonly edition: string;
  readonly baseRevision: number | null;
  readonly state: DraftRow['state'];
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly publishedRevision: number | null;
}

export function draftView(draft: DraftRow): DraftView {
  const { id, schemeId, edition, baseRevision, state, version, createdBy, createdAt, publishedRevision } =
    draft;
  return {
    id,
    scheme: schemeId,
    edition: edition.label,
    baseRevision,
    state,
    version,
    createdBy,
    createdAt: createdAt.toISOString(),
    publishedRevision,
  };
}

/** The same as an answer: its ETag is what the next change sends as If-Match. */
export function answerDraft(reply: FastifyReply, draft: DraftRow): DraftView {
  void reply.header('etag', versionTag(draft.version));
  return draftView(draft);
}
