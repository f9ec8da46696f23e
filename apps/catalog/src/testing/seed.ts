import { fileURLToPath } from 'node:url';
import { isRefusal } from '#platform';
import type { DataSource } from 'typeorm';
import type { RevisionRow } from '../database/entities/revision.entity.ts';
import { bootstrapScheme } from '../bootstrap/bootstrap-scheme.ts';
import { readEditionFolder, type EditionFolder } from '../bootstrap/read-edition-folder.ts';

/** The official document with its corrections, as it stands in `data/`. */
export function seedFolder(): Promise<EditionFolder> {
  return readEditionFolder(
    fileURLToPath(new URL('../../../../data/processi-camerali', import.meta.url)),
    'rev-2023',
  );
}

/** Publishes the seed map as `npm start` does. */
export async function publishSeed(db: DataSource): Promise<RevisionRow> {
  const result = await bootstrapScheme(db, await seedFolder());
  if (isRefusal(result)) throw new Error(JSON.stringify(result));
  return result.revision;
}
