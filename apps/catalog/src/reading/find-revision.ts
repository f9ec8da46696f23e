import type { Edition } from '#contracts';
import { refuse, type Refusal } from '#platform';
import { say } from '#words';
import type { EntityManager } from 'typeorm';
import { EditionRow } from '../database/entities/edition.entity.ts';
import { RevisionRow } from '../database/entities/revision.entity.ts';
import { SchemeRow } from '../database/entities/scheme.entity.ts';
import { headOf, unknownScheme } from '../drafts/open-draft.ts';

/** A revision with the edition that it belongs to. */
export interface FoundRevision {
  readonly schemeId: string;
  readonly number: number;
  readonly revision: RevisionRow;
  readonly edition: Edition;
}

/** @param number the revision in force when left out */
export async function findRevision(
  db: EntityManager,
  schemeId: string,
  number?: number,
): Promise<FoundRevision | Refusal> {
  const revision =
    number === undefined ? await headOf(db, schemeId) : await db.findOneBy(RevisionRow, { schemeId, number });
  if (revision) {
    const { definition } = await db.findOneByOrFail(EditionRow, { id: revision.editionId });
    return { schemeId, number: revision.number, revision, edition: definition };
  }
  if (!(await db.existsBy(SchemeRow, { id: schemeId }))) return unknownScheme(schemeId);
  const detail = number === undefined ? say`Nothing is published yet.` : say`There is no revision ${number}.`;
  return refuse('revision-unknown', { title: say`There is no such revision`, status: 404, detail });
}
