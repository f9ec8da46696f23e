import type { Refusal } from '#platform';
import type { EntityManager } from 'typeorm';
import { SchemeRow } from '../database/entities/scheme.entity.ts';
import { unknownScheme } from '../drafts/open-draft.ts';

export async function findScheme(db: EntityManager, id: string): Promise<SchemeRow | Refusal> {
  return (await db.findOneBy(SchemeRow, { id })) ?? unknownScheme(id);
}
