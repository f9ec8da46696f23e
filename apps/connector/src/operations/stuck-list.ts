import { run, sql, type Executor, type Sql } from '#platform';
import type { StuckItem, StuckPage, StuckQuery } from './schemas.ts';

type Row = Omit<StuckItem, 'since' | 'nextAttempt'> & {
  readonly since: Date;
  readonly nextAttempt: Date | null;
};

/** What a target does not take, in order of code, after a cursor. */
export async function readStuck(
  executor: Executor,
  targetId: string,
  { cursor, limit }: StuckQuery,
): Promise<StuckPage> {
  const rows = await run<Row>(executor, sql`${stuckAfter(targetId, cursor)} limit ${limit + 1}`);
  const items = rows.slice(0, limit).map(({ since, nextAttempt, ...row }) => ({
    ...row,
    since: since.toISOString(),
    nextAttempt: nextAttempt?.toISOString() ?? null,
  }));
  const last = items.at(-1);
  return { items, next: last && rows.length > limit ? `${last.code} ${last.conceptId}` : null };
}

const beginning = ' 00000000-0000-0000-0000-000000000000';

/** Rows in the order of the index `stuck_page`, so that a page reads no more than it shows. */
export function stuckAfter(targetId: string, cursor = beginning): Sql {
  const [code = '', conceptId = ''] = cursor.split(' ');
  return sql`select code, concept_id as "conceptId", title, class, reason, attempts, since, next_attempt_at as "nextAttempt"
    from stuck where target_id = ${targetId} and (code, concept_id) > (${code}, ${conceptId}::uuid) order by code, concept_id`;
}
