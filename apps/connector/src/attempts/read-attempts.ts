import { join, run, sql, type Executor } from '#platform';
import type { AttemptsPage, AttemptsQuery } from './schemas.ts';

type Row = Omit<AttemptsPage['attempts'][number], 'at'> & { readonly at: Date };

/** What happened between us and a target, the newest first. */
export async function readAttempts(
  executor: Executor,
  targetId: string,
  { code, cursor, limit }: AttemptsQuery,
): Promise<AttemptsPage> {
  const conditions = [
    sql`target_id = ${targetId}`,
    ...(code === undefined ? [] : [sql`code = ${code}`]),
    ...(cursor === undefined ? [] : [sql`id < ${cursor}`]),
  ];
  const rows = await run<Row>(
    executor,
    sql`select id, at, kind, revision, concept_id as "conceptId", code, answer, reason, sent, done, rejected,
          duration_ms as "durationMs", status, request, response
        from attempt where ${join(conditions, ' and ')} order by id desc limit ${limit + 1}`,
  );
  const attempts = rows.slice(0, limit).map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
  return { attempts, next: rows.length > limit ? (attempts.at(-1)?.id ?? null) : null };
}
