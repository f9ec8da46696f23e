import { run, sql, type Executor, type Sql } from '#platform';
import type { PlacedEntry } from '#taxonomy';
import type { FoundRevision } from '../reading/find-revision.ts';
import { readEntries } from '../reading/read-entries.ts';

export interface Page<T> {
  readonly items: readonly T[];
  /** Give it back as `cursor` for the next page; null on the last. */
  readonly next: string | null;
}

export interface Search {
  /** A code or its beginning, or words of the title (Italian, endings and accents do not matter); all entries when left out. */
  readonly q?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A published revision never changes, so a page is a place in a fixed order. */
export async function searchEntries(
  db: Executor,
  revision: FoundRevision,
  { q, cursor, limit }: Search,
): Promise<Page<PlacedEntry>> {
  const offset = Number(cursor ?? 0);
  const { condition, order } = await askedBy(db, revision, q?.trim() ?? '');
  const found = await readEntries(
    db,
    revision,
    condition,
    sql`order by ${order} limit ${limit + 1} offset ${offset}`,
  );
  return { items: found.slice(0, limit), next: found.length > limit ? String(offset + limit) : null };
}

/** Codes in the order of people: `A2` before `A10`. Entries without one may share a rank; pages need one order of them. */
const codeOrder = sql`e.code collate code_order nulls first, e.rank, e.concept_id`;

async function askedBy(
  db: Executor,
  revision: FoundRevision,
  q: string,
): Promise<{ readonly condition: Sql; readonly order: Sql }> {
  if (q === '') return { condition: sql`true`, order: codeOrder };
  if (/^\p{L}\d[\d.]*$/u.test(q))
    return { condition: sql`starts_with(e.code, ${q.toUpperCase()})`, order: codeOrder };
  const query = sql`to_tsquery('italian_plain', ${wordsOf(q)
    .map((word) => `${word}:*`)
    .join(' & ')})`;
  const isFiled = await areWordsFiled(db, revision);
  const words = isFiled ? filedWords : sql`to_tsvector('italian_plain', e.titles)`;
  const condition = isFiled
    ? sql`(e.concept_id, e.from_revision) in (select concept_id, from_revision from entry_words where words @@ ${query})`
    : sql`${words} @@ ${query}`;
  return { condition, order: sql`ts_rank(${words}, ${query}) desc, ${codeOrder}` };
}

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
