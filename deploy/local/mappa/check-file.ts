import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Finding } from '#taxonomy';
import { entriesOfRows } from '../../../apps/catalog/src/imports/entries-of-rows.ts';
import {
  findFormat,
  formats,
  headLength,
  recogniseFormat,
  refuseFile,
} from '../../../apps/catalog/src/imports/formats/index.ts';
import type { ImportedRow } from '../../../apps/catalog/src/imports/imported-row.ts';
import { findCorrections, findEdition } from './find-edition.ts';

export interface Stated {
  readonly edition?: string | undefined;
  readonly format?: string | undefined;
  readonly corrections?: string | undefined;
  /** Options of the format, as they were typed. */
  readonly about: Readonly<Record<string, string | undefined>>;
}

export interface Checked {
  /** null: of no format that can be read. */
  readonly format: string | null;
  /** Label of the edition by whose rules the file was checked. */
  readonly edition: string;
  readonly entries: number;
  /** In order of line; what has none comes last. */
  readonly findings: readonly Finding[];
}

/** Reads a file as an import would, and checks it by every rule that needs no published map. */
export async function checkFile(
  file: string,
  stated: Stated,
): Promise<Checked | { readonly problem: string }> {
  const path = at(file);
  const head = await readHead(path);
  if (typeof head === 'string') return { problem: `${file}: ${head}` };
  const edition = await findEdition(path, stated.edition && at(stated.edition));
  if (typeof edition === 'string') return { problem: edition };
  const refused = refuseFile(head);
  if (refused) return { format: null, edition: edition.label, entries: 0, findings: [refused] };

  const format = stated.format === undefined ? recogniseFormat(path) : findFormat(stated.format);
  if (!format) return { problem: `--format: ${formats.map(({ name }) => name).join(', ')}` };
  const corrections =
    format.name === 'official-text' &&
    (await findCorrections(path, stated.corrections && at(stated.corrections)));
  if (typeof corrections === 'string') return { problem: corrections };
  const about = Object.entries({ ...stated.about, ...(corrections ? { corrections } : {}) });
  const options = format.options.safeParse(
    Object.fromEntries(about.filter(([, value]) => value !== undefined)),
  );
  if (!options.success)
    return {
      problem: options.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'),
    };

  const rows: ImportedRow[] = [];
  const findings: Finding[] = [];
  for await (const item of format.open(edition, options.data)(createReadStream(path)))
    if ('row' in item) rows.push(item.row);
    else if ('finding' in item) findings.push(item.finding);
  const { entries, findings: byRules } = entriesOfRows('check', edition, rows);
  findings.push(...byRules);
  return {
    format: format.name,
    edition: edition.label,
    entries: entries.size,
    findings: findings.sort((a, b) => (a.line ?? Infinity) - (b.line ?? Infinity) || 0),
  };
}

/** npm starts scripts in the checkout; the person stands where INIT_CWD says. */
function at(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
}

async function readHead(path: string): Promise<Uint8Array | string> {
  try {
    const handle = await open(path);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(headLength));
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
