import { sql, type Executor, type Sql } from '#platform';
import type { PlacedEntry } from '#taxonomy';
import type { FoundRevision } from '../reading/find-revision.ts';
import { readEntries } from '../reading/read-entries.ts';
import { fileWords } from './file-words.ts';

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
  const asked = askedBy(q?.trim() ?? '');
  if (asked.isForWords) await fileWords(db, { scheme: revision.schemeId });
  const { condition, order } = asked;
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

function askedBy(q: string): { readonly condition: Sql; readonly order: Sql; readonly isForWords?: boolean } {
  if (q === '') return { condition: sql`true`, order: codeOrder };
  if (/^\p{L}\d[\d.]*$/u.test(q))
    return { condition: sql`starts_with(e.code, ${q.toUpperCase()})`, order: codeOrder };
  const query = sql`to_tsquery('italian_plain', ${wordsOf(q)
    .map((word) => `${word}:*`)
    .join(' & ')})`;
  const rank = sql`(
    select ts_rank(w.words, ${query}) from entry_words w
    where w.concept_id = e.concept_id and w.from_revision = e.from_revision)`;
  return {
    condition: sql`(e.concept_id, e.from_revision) in (select concept_id, from_revision from entry_words where words @@ ${query})`,
    order: sql`${rank} desc, ${codeOrder}`,
    isForWords: true,
  };
}

function wordsOf(q: string): string[] {
  return q.match(/[\p{L}\p{N}]+/gu) ?? [];
}
