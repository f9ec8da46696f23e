import { sql, type Executor, type Sql } from '#platform';
import type { PlacedEntry } from '#taxonomy';
import type { FoundRevision } from './find-revision.ts';
import { readEntries } from './read-entries.ts';

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
  const { condition, order } = conditionOf(q?.trim() ?? '');
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

function conditionOf(q: string): { condition: Sql; order: Sql } {
  if (q === '') return { condition: sql`true`, order: codeOrder };
  if (/^\p{L}\d[\d.]*$/u.test(q))
    return { condition: sql`starts_with(e.code, ${q.toUpperCase()})`, order: codeOrder };
  const words = sql`to_tsvector('italian_plain', e.titles)`;
  const query = sql`to_tsquery('italian_plain', ${wordsOf(q)
    .map((word) => `${word}:*`)
    .join(' & ')})`;
  return { condition: sql`${words} @@ ${query}`, order: sql`ts_rank(${words}, ${query}) desc, ${codeOrder}` };
}

function wordsOf(q: string): string[] {
  return q.match(/[\p{L}\p{N}]+/gu) ?? [];
}
