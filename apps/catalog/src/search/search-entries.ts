import { join, run, sql, type Executor, type Sql } from '#platform';
import { entryOf, place, skeletonOf, type Entries, type Entry, type PlacedEntry } from '#taxonomy';
import { atRevision } from '../reading/at-revision.ts';
import type { FoundRevision } from '../reading/find-revision.ts';
import { readWithAncestors } from '../reading/read-entries.ts';
import { titleIn } from '../reading/title-in.ts';

export interface Page<T> {
  readonly items: readonly T[];
  /** Give it back as `cursor` for the next page; null on the last. */
  readonly next: string | null;
}

export interface Search {
  /** The beginning of a code as it looks, or words of the title (Italian, endings and accents do not matter), or both; all entries when left out. */
  readonly q?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Entries without codes are told apart by what stands above them. */
export interface FoundEntry extends PlacedEntry {
  readonly above: readonly string[];
}

/** A published revision never changes, so a page is a place in a fixed order. */
export async function searchEntries(
  db: Executor,
  revision: FoundRevision,
  { q, cursor, limit }: Search,
): Promise<Page<FoundEntry>> {
  const offset = Number(cursor ?? 0);
  const { condition, order } = await askedBy(db, revision, q?.trim() ?? '');
  const { found, entries } = await readWithAncestors(
    db,
    revision,
    condition,
    sql`order by ${order} limit ${limit + 1} offset ${offset}`,
  );
  const items = found.slice(0, limit).map((entry) => ({
    ...place(revision.edition, entries, entry),
    above: titlesAbove(entries, entry, revision.edition.source.language),
  }));
  return { items, next: found.length > limit ? String(offset + limit) : null };
}

/** The top first, in a language, else in any. */
function titlesAbove(entries: Entries, { parentId }: Entry, language: string): string[] {
  if (parentId === null) return [];
  const parent = entryOf(entries, parentId);
  return [...titlesAbove(entries, parent, language), titleIn(parent.titles, language)];
}

/** Codes in the order of people: `A2` before `A10`. Entries without one may share a rank; pages need one order of them. */
const codeOrder = sql`e.code collate code_order nulls first, e.rank, e.concept_id`;

/** Codes that begin so come first, then titles by the weight of their words. Each way of finding has an index of its own. */
async function askedBy(
  db: Executor,
  revision: FoundRevision,
  q: string,
): Promise<{ readonly condition: Sql; readonly order: Sql }> {
  if (q === '') return { condition: sql`true`, order: codeOrder };
  const there = atRevision(revision.schemeId, revision.number);
  const look = skeletonOf(q);
  const beginsSo = sql`starts_with(${lookOfCode}, ${look})`;
  const query = sql`to_tsquery('italian_plain', ${wordsOf(q)
    .map((word) => `${word}:*`)
    .join(' & ')})`;
  const isFiled = await areWordsFiled(db, revision);
  const words = isFiled ? filedWords : sql`to_tsvector('italian_plain', e.titles)`;
  const byCode = [
    sql`from entry e where ${there} and starts_with(e.code, ${look})`,
    sql`from entry e where ${there} and ${beginsSo} and e.code <> ${lookOfCode}`,
  ];
  const byWords = isFiled
    ? sql`from entry_words where words @@ ${query}`
    : sql`from entry e where ${there} and ${words} @@ ${query}`;
  const found = join(
    [...(look === '' ? [] : byCode), byWords].map((from) => sql`select concept_id, from_revision ${from}`),
    ' union ',
  );
  return {
    condition: sql`(e.concept_id, e.from_revision) in (${found})`,
    order: sql`case when ${beginsSo} then 'infinity' else ts_rank(${words}, ${query}) end desc, ${codeOrder}`,
  };
}

/** What a reader sees of a code. An index has those that do not look as they are written; of the others the code is one. */
const lookOfCode = sql`coalesce(e.skeleton, upper(e.code))`;

const filedWords = sql`(
  select w.words from entry_words w where w.concept_id = e.concept_id and w.from_revision = e.from_revision)`;

/** Those of a revision just published are filed a little later. */
async function areWordsFiled(db: Executor, { schemeId, number }: FoundRevision): Promise<boolean> {
  const filed = await run(
    db,
    sql`select from words_filed where scheme_id = ${schemeId} and ${number} between lowest and highest`,
  );
  return filed.length > 0;
}

function wordsOf(q: string): string[] {
  return q.match(/[\p{L}\p{N}]+/gu) ?? [];
}
