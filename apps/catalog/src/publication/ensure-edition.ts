import type { Refusal } from '#platform';
import type { EntityManager } from 'typeorm';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { EditionRow } from '../database/entities/edition.entity.ts';
import { refuseLabel } from './refuse-label.ts';

/** Id of the edition that a draft carries, which is new or the very one that is known by its label. */
export async function ensureEdition(db: EntityManager, draft: DraftRow): Promise<string | Refusal> {
  const { id: draftId, schemeId, edition, sourceSha256 } = draft;
  const taken = await refuseLabel(db, { schemeId, draftId, edition }, 'published');
  if (taken) return taken;
  const known = await db.findOneBy(EditionRow, { schemeId, label: edition.label });
  const added = { schemeId, label: edition.label, definition: edition, sourceSha256 };
  return (known ?? (await db.save(EditionRow, added))).id;
}
