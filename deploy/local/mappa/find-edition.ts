import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  completeEdition,
  correctionsSchema,
  editionSchema,
  statedEditionSchema,
  type Corrections,
  type Edition,
} from '#contracts';
import { problemsOfIssues, say, type Sentence } from '#words';
import type { z } from 'zod';
import { recogniseFormat } from '../../../apps/catalog/src/imports/formats/index.ts';
import { refuseOther, unreadable } from './unreadable.ts';

/** Why it cannot be used. */
export interface Problems {
  readonly problems: readonly Sentence[];
}

const data = fileURLToPath(new URL('../../../data', import.meta.url));

/**
 * The edition by whose rules a file is read: the stated one, else `edition.json` beside the file, else the newest one
 * in `data/` where that holds one scheme. A problem in words when there is none.
 */
export async function findEdition(file: string, stated?: string): Promise<Edition | Problems> {
  const beside = join(dirname(file), 'edition.json');
  const path = stated ?? (existsSync(beside) ? beside : undefined);
  if (path !== undefined) {
    const edition = await read(path, statedEditionSchema);
    return 'problems' in edition ? edition : completeEdition(edition, recogniseFormat(file)?.name ?? 'csv');
  }
  const schemes = (await readdir(data)).filter((scheme) => existsSync(join(data, scheme, 'scheme.json')));
  const folder = join(data, schemes[0] ?? '');
  if (schemes.length !== 1)
    return { problems: [say`Say by which edition the file is read: --edition EDITION.json`] };
  const editions: Edition[] = [];
  for (const label of await readdir(folder)) {
    const path = join(folder, label, 'edition.json');
    const edition = existsSync(path) ? await read(path, editionSchema) : null;
    if (edition && 'problems' in edition) return edition;
    if (edition) editions.push(edition);
  }
  const newest = editions.sort((a, b) => (a.effectiveDate < b.effectiveDate ? 1 : -1))[0];
  return newest ?? { problems: [say`Say by which edition the file is read: --edition EDITION.json`] };
}

/** Reviewed corrections of a transcription: the stated ones, else `corrections.json` beside the file, else none. */
export async function findCorrections(
  file: string,
  stated?: string,
): Promise<Corrections | undefined | Problems> {
  const path = stated ?? join(dirname(file), 'corrections.json');
  return stated === undefined && !existsSync(path) ? undefined : read(path, correctionsSchema);
}

async function read<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.output<Schema> | Problems> {
  const refused = await refuseOther(path, path);
  if (refused) return { problems: [refused] };
  try {
    const parsed = schema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    if (parsed.success) return parsed.data;
    return {
      problems: problemsOfIssues(parsed.error.issues).map((problem) =>
        problem.path === undefined
          ? say`${path}: ${problem.message}`
          : say`${path}: ${problem.path}: ${problem.message}`,
      ),
    };
  } catch (error) {
    return { problems: [unreadable(error, path)] };
  }
}
