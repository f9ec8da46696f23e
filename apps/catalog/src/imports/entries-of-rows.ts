import type { Edition } from '#contracts';
import {
  conceptIdFrom,
  conceptIdOf,
  conceptOf,
  finish,
  levelOf,
  longestName,
  nameIn,
  parentCodeOf,
  rankByCode,
  skeletonOf,
  usualTitleLengths,
  validateInSteps,
  type ConceptId,
  type Entry,
  type Finding,
  type Level,
  type Steps,
} from '#taxonomy';
import { say } from '#words';
import { findingOn, placeOf } from './finding-on.ts';
import { asksToEnd, nameOfRow, type ImportedRow } from './imported-row.ts';

/** So many become entries before other work of the process goes on. */
const rowsAtOnce = 1_000;

/**
 * A complete map from the rows of a file, without those that ask to be retired, and what the rules say of it, each with its
 * line. A row without a concept id gets the one that follows from scheme, edition and key, as in a first import.
 */
export function entriesOfRows(
  scheme: string,
  edition: Edition,
  rows: Iterable<ImportedRow>,
  base?: ReadonlyMap<ConceptId, Entry>,
  refused?: ReadonlySet<string>,
): EntriesOfRows {
  return finish(entriesInSteps(scheme, edition, rows, base, refused));
}

export interface EntriesOfRows {
  readonly entries: Map<ConceptId, Entry>;
  readonly findings: Finding[];
}

/** The same in pieces. */
export function* entriesInSteps(
  scheme: string,
  edition: Edition,
  rows: Iterable<ImportedRow>,
  base?: ReadonlyMap<ConceptId, Entry>,
  refused?: ReadonlySet<string>,
): Steps<EntriesOfRows> {
  const { entries, findings, check } = yield* buildInSteps(scheme, edition, rows, base, refused);
  return { entries, findings: [...findings, ...(yield* check())] };
}

/** Entries with what was noticed while they were put in their places, and what is left to be asked of the rules. */
export interface BuiltEntries extends EntriesOfRows {
  readonly check: () => Steps<Finding[]>;
}

/**
 * Puts rows in their places, in pieces.
 * @param base whose headings rows may name as their parents, though the file gives them other titles
 * @param refused names of rows that are in the file and give no entry, which is told: nothing misses them
 */
export function* buildInSteps(
  scheme: string,
  edition: Edition,
  rows: Iterable<ImportedRow>,
  base: ReadonlyMap<ConceptId, Entry> = new Map(),
  refused: ReadonlySet<string> = new Set(),
): Steps<BuiltEntries> {
  const all = [...rows];
  const { unique, findings } = withoutRepetitions(
    all.filter((row) => !asksToEnd(row)),
    edition.source.language,
  );
  const find = finder(unique.values(), edition.source.language);
  const findEnding = finder(all.filter(asksToEnd), edition.source.language);
  const headingsBefore = finder(
    [...base.values()]
      .filter(({ code }) => code === null)
      .map((entry) => ({ ...entry, key: entry.conceptId })),
    edition.source.language,
  );
  let lookAlikes: ReadonlyMap<string, ImportedRow> | undefined;
  const idOf = identities(scheme, edition.label);
  /** Of a parent that is not there: orphans are siblings of its other children, and of nobody else. */
  const absent = (name: string) => conceptIdOf(scheme, edition.label, `absent: ${name}`);
  const entries = new Map<ConceptId, Entry>();
  const rowOf = new Map<ConceptId, ImportedRow>();
  const unranked: Entry[] = [];
  for (const row of unique.values()) {
    if (entries.size % rowsAtOnce === 0) yield;
    const { code, titles, notes, attributes } = row;
    const conceptId = idOf(row);
    const wanted = parentOf(edition, row);
    const parent = wanted === null ? null : (find(wanted) ?? find(headingsBefore(wanted)?.key ?? ''));
    if (wanted !== null && !parent) {
      const alike = (lookAlikes ??= byLook(unique.values())).get(skeletonOf(wanted));
      if (!refused.has(wanted) && !isToldByForm(edition, row, alike))
        findings.push(parentMissing(row, nameIn(base, conceptIdFrom(wanted)), findEnding(wanted), alike));
    }
    if (row.parentCode !== undefined && (wanted === null || parent))
      findings.push(...contradicted(row, parent, parent && base.get(idOf(parent))));
    findings.push(...levelContradicted(edition, row, base.get(conceptId)));
    const rank = row.rank ?? entries.size + 1;
    const parentId = parent ? idOf(parent) : wanted === null ? null : absent(wanted);
    rowOf.set(conceptId, row);
    const entry = { conceptId, code, parentId, rank, titles, notes, attributes };
    entries.set(conceptId, entry);
    if (row.rank === null && code !== null) unranked.push(entry);
  }
  for (const entry of rankByCode(edition, unranked)) entries.set(entry.conceptId, entry);
  return { entries, findings, check };

  function* check(): Steps<Finding[]> {
    const found = yield* validateInSteps(edition, entries, {
      attributes: edition.attributes,
      marks: edition,
      titleLengths: usualTitleLengths,
      officialLanguage: edition.source.language,
      refused,
    });
    return found.flatMap((finding) => {
      if (finding.rule === 'parent-missing') return []; // told while it was looked for
      const id = conceptOf(finding);
      const row = id ? rowOf.get(id) : undefined;
      return row ? [{ ...placeOf(row), ...finding }] : [finding];
    });
  }
}

/** Stated, or following from the key; computed once for each row, however many stand below it. */
function identities(scheme: string, label: string): (row: ImportedRow) => ConceptId {
  const known = new Map<string, ConceptId>();
  return ({ conceptId, key }) => {
    if (conceptId !== null) return conceptId;
    let id = known.get(key);
    if (id === undefined) known.set(key, (id = conceptIdOf(scheme, label, key)));
    return id;
  };
}

/** The first row of each key: the same again is noted, anything else under one key is an error. */
function withoutRepetitions(rows: Iterable<ImportedRow>, language: string) {
  const unique = new Map<string, ImportedRow>();
  const findings: Finding[] = [];
  for (const row of rows) {
    const first = unique.get(row.key);
    if (!first) {
      unique.set(row.key, row);
      continue;
    }
    if (row.conceptId !== null) continue; // told by `repeatedIdentities`
    const isSame = JSON.stringify(first.titles) === JSON.stringify(row.titles);
    const message = isSame
      ? say`${nameOfRow(row)} stands already on line ${first.line ?? '?'}, with the same title.`
      : say`${nameOfRow(row)} stands already on line ${first.line ?? '?'}, with another title.`;
    const field = row.code === null ? `title:${language}` : 'code';
    findings.push(
      isSame
        ? findingOn('code-repeated', row, message, { field, severity: 'note' })
        : findingOn('code-duplicate', row, message, { field }),
    );
  }
  return { unique, findings };
}

/** Finds a row by what a parent's cell may hold: a key, a code, a concept id, or the title of one row without a code. */
function finder<Row extends Pick<ImportedRow, 'key' | 'code' | 'titles'>>(
  rows: Iterable<Row>,
  language: string,
): (name: string) => Row | undefined {
  const byKey = new Map<string, Row>();
  const byCode = new Map<string, Row>();
  const byTitle = new Map<string, Row | undefined>();
  for (const row of rows) {
    byKey.set(row.key, row);
    const title = row.titles[language]?.official;
    if (row.code !== null) byCode.set(row.code, row);
    else if (title !== undefined) byTitle.set(title, byTitle.has(title) ? undefined : row);
  }
  return (name) => byKey.get(name) ?? byCode.get(name) ?? byKey.get(name.toLowerCase()) ?? byTitle.get(name);
}

function parentOf(edition: Edition, { parent, code }: ImportedRow): string | null {
  if (parent !== undefined) return parent;
  return code === null ? null : parentCodeOf(edition, code);
}

/**
 * Whoever moves an entry by the readable one of the two names of its parent must not be told that nothing changed.
 * @param before the parent in the base: below one that is renumbered alone, its old code stands still
 */
function contradicted(
  row: ImportedRow,
  parent: ImportedRow | null | undefined,
  before: Entry | null | undefined,
): Finding[] {
  const { parentCode } = row;
  if (parentCode === undefined || [parent?.code, before?.code].some((code) => code === parentCode)) return [];
  const message = parent
    ? say`${nameOfRow(row)} stands below ${nameOfRow(parent)} by its parentId, and below ${parentCode} by its parentCode. Change both, or leave one out.`
    : say`${nameOfRow(row)} stands at the top by its parentId, and below ${parentCode} by its parentCode. Change both, or leave one out.`;
  return [findingOn('parent-contradicted', row, message, { field: 'parent' })];
}

/** A row whose level is not that of its code; a file that renumbers an entry may still have the level that it had. */
function levelContradicted(edition: Edition, row: ImportedRow, before: Entry | undefined): Finding[] {
  const { code, level } = row;
  if (code === null || level === undefined) return [];
  const [own, former] = [code, before?.code].map((each) => (each ? levelOf(edition, each) : null));
  if (!own || [own, former].some((each) => each && isCalled(each, level))) return [];
  const name = own.names[edition.source.language] ?? Object.values(own.names)[0] ?? '';
  const message = say`The file says level ${level.slice(0, longestName)} of ${code}, whose code is one of level ${own.depth} (${name}). The code decides: mend it, or the level.`;
  return [findingOn('level-contradicted', row, message, { field: 'level', severity: 'warning' })];
}

const isCalled = ({ depth, names }: Level, said: string): boolean =>
  Number(said) === depth || Object.values(names).some((name) => asCalled(name) === asCalled(said));

/** Whether in capitals, or with accents apart, as Macs write them: one name. */
const asCalled = (name: string): string => name.normalize('NFC').toLowerCase();

/** Rows by what a reader sees of their codes. */
function byLook(rows: Iterable<ImportedRow>): Map<string, ImportedRow> {
  const found = new Map<string, ImportedRow>();
  for (const row of rows) if (row.code !== null) found.set(skeletonOf(row.code), row);
  return found;
}

/** Whether a parent by code is missing only because its code, or the row's own, is no code of the edition, which is told. */
function isToldByForm(
  edition: Edition,
  { parent, code }: ImportedRow,
  alike: ImportedRow | undefined,
): boolean {
  if (parent !== undefined) return false;
  return [code, alike?.code].some((each) => each && !levelOf(edition, each));
}

function parentMissing(
  row: ImportedRow,
  wanted: string,
  ending: ImportedRow | undefined,
  alike: ImportedRow | undefined,
): Finding {
  if (ending) {
    const message = say`${nameOfRow(row)} goes on, but ${nameOfRow(ending)} above it is retired.`;
    return findingOn('parent-retired', row, message, { field: 'parent' });
  }
  const message = alike?.code
    ? say`${nameOfRow(row)} has no parent: ${wanted} is not in the file; ${alike.code}, which reads alike, is another code.`
    : say`${nameOfRow(row)} has no parent: ${wanted} is not in the file.`;
  return findingOn('parent-missing', row, message, { field: 'parent' });
}
