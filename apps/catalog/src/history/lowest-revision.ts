import type { EntityManager } from 'typeorm';
import { RevisionRow } from '../database/entities/revision.entity.ts';

/** The earliest revision known of a scheme; null before anything is published. */
export function lowestOf(db: EntityManager, schemeId: string): Promise<RevisionRow | null> {
  return db.findOne(RevisionRow, { where: { schemeId }, order: { number: 'ASC' } });
}
