import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  correctionsSchema,
  editionSchema,
  schemeSchema,
  type Corrections,
  type Edition,
  type Scheme,
} from '#contracts';

export interface EditionFolder {
  readonly scheme: Scheme;
  readonly edition: Edition;
  readonly corrections: Corrections;
  readonly document: Uint8Array;
}

/** Reads `scheme.json` of a scheme's folder, and edition, corrections and document of one edition in it. */
export async function readEditionFolder(schemeDir: string, edition: string): Promise<EditionFolder> {
  const read = async (...path: string[]) =>
    JSON.parse(await readFile(join(schemeDir, ...path), 'utf8')) as unknown;
  const definition = editionSchema.parse(await read(edition, 'edition.json'));
  return {
    scheme: schemeSchema.parse(await read('scheme.json')),
    edition: definition,
    corrections: correctionsSchema.parse(await read(edition, 'corrections.json')),
    document: await readFile(join(schemeDir, edition, definition.source.file)),
  };
}
