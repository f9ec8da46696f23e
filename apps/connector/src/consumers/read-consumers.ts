import { run, sql, type Executor } from '#platform';
import type { Consumer } from './schemas.ts';

/** Readers that are not ours, those first that are furthest behind. */
export async function readConsumers(
  executor: Executor,
  one: { readonly id: string; readonly scheme: string } | null = null,
): Promise<Consumer[]> {
  const rows = await run<Omit<Consumer, 'reportedAt'> & { readonly reportedAt: Date }>(
    executor,
    sql`select c.id, c.scheme, c.revision, c.reported_at as "reportedAt", held.content_hash = c.content_hash as "isHashRight",
          (select count(*)::int from revision r where r.scheme = c.scheme and r.number > c.revision and r.applied_at is not null
            and r.effective_date <= (now() at time zone 'Europe/Rome')::date) as behind
        from consumer c
          left join revision held on held.scheme = c.scheme and held.number = c.revision and held.applied_at is not null
        where ${one === null} or (c.id = ${one?.id ?? ''} and c.scheme = ${one?.scheme ?? ''})
        order by behind desc, c.id, c.scheme`,
  );
  return rows.map(({ reportedAt, ...row }) => ({ ...row, reportedAt: reportedAt.toISOString() }));
}
