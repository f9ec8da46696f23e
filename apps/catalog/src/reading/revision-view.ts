import { In, type EntityManager } from 'typeorm';
import { EditionRow } from '../database/entities/edition.entity.ts';
import { RevisionRow } from '../database/entities/revision.entity.ts';
import type { RevisionAnswer } from '#contracts';

/** A revision as readers see it: the same body as its event. Nothing is the base of the first, nor of history. */
export function revisionView(
  row: RevisionRow,
  edition: string,
  base: RevisionRow | undefined,
): RevisionAnswer {
  return {
    scheme: row.schemeId,
    revision: row.number,
    effectiveDate: row.inForceFrom,
    edition,
    changes: row.changes,
    contentHash: row.contentHash.toString('hex'),
    base: base ? { revision: base.number, contentHash: base.contentHash.toString('hex') } : null,
    publishedAt: row.publishedAt.toISOString(),
    ...(row.plan && { plan: [...row.plan] }),
  };
}

/** All revisions of a scheme, the first first. */
export async function listRevisions(db: EntityManager, schemeId: string): Promise<RevisionAnswer[]> {
  const rows = await db.find(RevisionRow, { where: { schemeId }, order: { number: 'ASC' } });
  return withEditions(db, schemeId, rows);
}

/** One revision, which must exist. */
export async function readRevision(
  db: EntityManager,
  schemeId: string,
  number: number,
): Promise<RevisionAnswer> {
  const where = { schemeId, number: In([number - 1, number]) };
  const rows = await db.find(RevisionRow, { where, order: { number: 'ASC' } });
  const revision = (await withEditions(db, schemeId, rows)).at(-1);
  if (revision?.revision !== number) throw new Error(`no revision ${number} of ${schemeId}`);
  return revision;
}

/** @param rows of one scheme, one after the other */
async function withEditions(
  db: EntityManager,
  schemeId: string,
  rows: readonly RevisionRow[],
): Promise<RevisionAnswer[]> {
  const editions = await db.find(EditionRow, { select: { id: true, label: true }, where: { schemeId } });
  const labels = new Map(editions.map(({ id, label }) => [id, label]));
  return rows.map((row, i) =>
    revisionView(row, labels.get(row.editionId) ?? '', row.number > 1 ? rows[i - 1] : undefined),
  );
}
