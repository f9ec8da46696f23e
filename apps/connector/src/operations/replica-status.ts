import { run, sql, type Executor } from '#platform';
import type { ReplicaStatus } from './schemas.ts';

/** What the connector holds of a scheme; undefined for a scheme of which it has heard nothing. */
export async function readReplica(executor: Executor, scheme: string): Promise<ReplicaStatus | undefined> {
  const [status] = await run<ReplicaStatus>(
    executor,
    sql`select ${scheme}::text as scheme, coalesce(held.number, 0) as revision, held.content_hash as "contentHash",
          (select count(*)::int from entry e where e.scheme = ${scheme} and e.to_revision is null) as entries,
          (select coalesce(max(number), 0) from revision
            where scheme = ${scheme} and applied_at is not null and effective_date <= (now() at time zone 'Europe/Rome')::date) as desired,
          (select count(*)::int from revision r where r.scheme = ${scheme} and r.applied_at is null) as waiting,
          (select r.problem from revision r where r.scheme = ${scheme} and r.problem is not null order by r.number limit 1) as problem
        from (select 1) as one
          left join lateral (
            select number, content_hash from revision
            where scheme = ${scheme} and applied_at is not null order by number desc limit 1) held on true
        where exists (select from revision where scheme = ${scheme})
          or exists (select from received_change where scheme = ${scheme})`,
  );
  return status;
}
