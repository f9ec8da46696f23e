import { isDeepStrictEqual } from 'node:util';
import { refuse, type Refusal } from '#platform';
import type { EntityManager } from 'typeorm';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { EditionRow } from '../database/entities/edition.entity.ts';

/** Id of the edition that a draft carries, which is new or the very one that is known by its label. */
export async function ensureEdition(db: EntityManager, draft: DraftRow): Promise<string | Refusal> {
  const { schemeId, edition, sourceSha256 } = draft;
  const known = await db.findOneBy(EditionRow, { schemeId, label: edition.label });
  if (!known)
    return (await db.save(EditionRow, { schemeId, label: edition.label, definition: edition, sourceSha256 }))
      .id;
  if (isDeepStrictEqual(known.definition, edition)) return known.id;
  return refuse('edition-exists', {
    title: 'An edition of this name exists',
    status: 409,
    detail: `There is an edition "${edition.label}" already; give the new one another label.`,
  });
}
