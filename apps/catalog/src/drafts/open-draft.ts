import type { Edition } from '#contracts';
import { refuse, type Refusal } from '#platform';
import { say } from '#words';
import type { EntityManager } from 'typeorm';
import { appendAudit } from '../audit/append-audit.ts';
import type { PersonId } from '../audit/person.ts';
import { DraftRow } from '../database/entities/draft.entity.ts';
import { EditionRow } from '../database/entities/edition.entity.ts';
import { RevisionRow } from '../database/entities/revision.entity.ts';
import { SchemeRow } from '../database/entities/scheme.entity.ts';
import { findFollower } from '../history/find-follower.ts';
import { recordEditor } from './draft-editors.ts';

/** An edition that a draft brings, and the hash of the document that it comes from (64 hexadecimal digits). */
export interface NewEdition {
  readonly edition?: Edition;
  readonly sourceSha256?: string;
  /**
   * The revision that it stands on, when that is neither the one in force nor, for an edition of an earlier day, the lowest
   * one: it must be brought onto that in force before it is submitted.
   */
  readonly base?: number | null;
  /** It undoes one revision, or leads back to one. */
  readonly flags?: { readonly erratum?: boolean; readonly rollbackTo?: number };
}

/** Writes what a draft begins with. */
export type FillDraft = (draftId: string) => Promise<void>;

/**
 * Opens a draft on the head of a scheme: of the edition in force, or of a new one. One that was valid before the lowest
 * revision stands on that: what it does not mention was then as it is there. Call it in a transaction.
 * @param fill may take long: the audit log, which nobody else writes from then on, is written after it
 */
export async function openDraft(
  db: EntityManager,
  schemeId: string,
  by: PersonId,
  brought?: NewEdition,
  fill?: FillDraft,
): Promise<DraftRow | Refusal> {
  if (!(await db.existsBy(SchemeRow, { id: schemeId }))) return unknownScheme(schemeId);
  const head = await headOf(db, schemeId);
  const edition =
    brought?.edition ?? (head && (await db.findOneByOrFail(EditionRow, { id: head.editionId })).definition);
  if (!edition)
    return refuse('edition-needed', { title: say`The first draft of a scheme brings its edition` });
  const sourceSha256 = brought?.sourceSha256 ?? null;
  const { flags = {} } = brought ?? {};
  const base = brought?.base ?? (await findFollower(db, schemeId, edition)) ?? head?.number ?? null;
  const draft = {
    schemeId,
    edition,
    sourceSha256,
    baseRevision: base,
    createdBy: by,
    ...flags,
  };
  const { id } = await db.save(DraftRow, draft);
  await recordEditor(db, id, by);
  await fill?.(id);
  const details = { scheme: schemeId, edition: edition.label, baseRevision: draft.baseRevision, ...flags };
  await appendAudit(db, { actor: by, action: 'draft-opened', subject: `draft/${id}`, details });
  return db.findOneByOrFail(DraftRow, { id });
}

/** The revision in force. */
export function headOf(db: EntityManager, schemeId: string): Promise<RevisionRow | null> {
  return db.findOne(RevisionRow, { where: { schemeId }, order: { number: 'DESC' } });
}

export function unknownScheme(schemeId: string): Refusal {
  return refuse('scheme-unknown', {
    title: say`There is no such scheme`,
    status: 404,
    detail: say`There is no scheme ${schemeId}.`,
  });
}
