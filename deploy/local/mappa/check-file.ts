import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Edition } from '#contracts';
import { finish, type ConceptId, type Entry, type Finding } from '#taxonomy';
import { isSentence, problemsOfIssues, say, type Sentence } from '#words';
import { buildInSteps, entriesOfRows } from '../../../apps/catalog/src/imports/entries-of-rows.ts';
import {
  findFormat,
  formats,
  headLength,
  recogniseFormat,
  refuseFile,
} from '../../../apps/catalog/src/imports/formats/index.ts';
import { completeRows } from '../../../apps/catalog/src/imports/files/complete-rows.ts';
import { findingsSince } from '../../../apps/catalog/src/imports/files/findings-since.ts';
import { gatherReads } from '../../../apps/catalog/src/imports/files/gather-reads.ts';
import { inColumns } from '../../../apps/catalog/src/imports/in-columns.ts';
import { legible } from '../../../apps/catalog/src/imports/legible.ts';
import { repeatedIdentities } from '../../../apps/catalog/src/imports/repeated-identities.ts';
import { findCorrections, findEdition } from './find-edition.ts';
import { keptFrom } from './shell-pipe.ts';
import { refuseOther, unreadable } from './unreadable.ts';

export interface Stated {
  readonly edition?: string | undefined;
  readonly format?: string | undefined;
  readonly corrections?: string | undefined;
  /** An export of the map in force; what the map is warned of already is not told again. */
  readonly base?: string | undefined;
  /** The file holds only what changes: every other entry of the base stays. */
  readonly partial: boolean;
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
): Promise<Checked | { readonly problems: readonly Sentence[] }> {
  const path = at(file);
  const kept = await keptFrom(path);
  if (isSentence(kept)) return { problems: [kept] };
  try {
    return await checkKept({ file, path, content: kept.path }, stated);
  } finally {
    await kept.remove();
  }
}

interface Named {
  /** As it was typed. */
  readonly file: string;
  readonly path: string;
  /** Path of a file with its content. */
  readonly content: string;
}

async function checkKept(
  { file, path, content }: Named,
  stated: Stated,
): Promise<Checked | { readonly problems: readonly Sentence[] }> {
  const head = await readHead(content, file);
  if (isSentence(head)) return { problems: [head] };
  const edition = await findEdition(path, stated.edition && at(stated.edition));
  if ('problems' in edition) return edition;
  const foreign = refuseFile(head);
  if (foreign) return { format: null, edition: edition.label, entries: 0, findings: [foreign] };

  const format = stated.format === undefined ? recogniseFormat(path) : findFormat(stated.format);
  if (!format) return { problems: [formatUnknown(file, stated.format)] };
  const corrections =
    format.name === 'official-text' &&
    (await findCorrections(path, stated.corrections && at(stated.corrections)));
  if (corrections && 'problems' in corrections) return corrections;
  const about = Object.entries({ ...stated.about, ...(corrections ? { corrections } : {}) });
  const options = format.options.safeParse(
    Object.fromEntries(about.filter(([, value]) => value !== undefined)),
  );
  if (!options.success)
    return {
      problems: problemsOfIssues(options.error.issues).map(
        ({ path, message }) => say`--${path ?? '?'}: ${message}`,
      ),
    };

  const base = stated.base === undefined ? null : await readBase(at(stated.base), stated.base, edition);
  if (base && 'problems' in base) return base;
  const {
    rows: read,
    findings,
    columns,
    refused,
  } = await gatherReads(format.open(edition, options.data)(createReadStream(content)));
  const rows = stated.partial && base ? completeRows(edition, read, base) : read;
  const { entries, findings: byRules } = entriesOfRows('check', edition, rows, base ?? undefined, refused);
  const since = base ? finish(findingsSince(byRules, { schemeId: 'check', edition, rows, base })) : byRules;
  const all = legible(inColumns([...findings, ...repeatedIdentities(read), ...since], columns));
  return {
    format: format.name,
    edition: edition.label,
    entries: entries.size,
    findings: all.sort((a, b) => (a.line ?? Infinity) - (b.line ?? Infinity) || 0),
  };
}

async function readBase(
  path: string,
  file: string,
  edition: Edition,
): Promise<Map<ConceptId, Entry> | { readonly problems: readonly Sentence[] }> {
  const head = await readHead(path, file);
  if (isSentence(head)) return { problems: [head] };
  const format = recogniseFormat(path);
  if (!format) return { problems: [formatUnknown(file, undefined)] };
  const foreign = refuseFile(head);
  if (foreign) return { problems: [ofBase(file, foreign)] };
  const { rows, findings } = await gatherReads(format.open(edition, {})(createReadStream(path)));
  // Not what the rules find: the base may be of another edition.
  const { entries, findings: ofPlaces } = finish(buildInSteps('check', edition, rows));
  const all = [...findings, ...repeatedIdentities(rows), ...ofPlaces];
  const errors = legible(all.filter(({ severity }) => severity === 'error'));
  if (errors.length > 0)
    return { problems: errors.slice(0, mostProblems).map((error) => ofBase(file, error)) };
  return entries;
}

const mostProblems = 20;

const ofBase = (file: string, { line, message }: Finding): Sentence =>
  line === undefined
    ? say`The base ${file} cannot be read: ${message}`
    : say`The base ${file} cannot be read, line ${line}: ${message}`;

function formatUnknown(file: string, stated: string | undefined): Sentence {
  const known = formats.map(({ name }) => name).join(', ');
  return stated === undefined
    ? say`The name of ${file} does not tell its format; say which it is with --format: ${known}.`
    : say`There is no format "${stated}"; there is ${known}.`;
}

/** npm starts scripts in the checkout; the person stands where INIT_CWD says. */
function at(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
}

async function readHead(path: string, file: string): Promise<Uint8Array | Sentence> {
  const refused = await refuseOther(path, file);
  if (refused) return refused;
  try {
    const handle = await open(path);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(headLength));
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return unreadable(error, file);
  }
}
