import { run, runCount, sql, type Executor, type Refusal } from '#platform';
import { policiesOf, type ChosenPolicies } from '../delivery/policies.ts';
import { unknownTarget } from '../operations/act.ts';
import { mendedMs, owedLooks } from './owed-looks.ts';
import type { DriftQuery, DriftReport } from './schemas.ts';

/** Postgres channel on which processes tell one another that somebody asked for a check. */
export const driftChannel = 'mappa_connector_drift';

/** The next free process reads the target. Asked twice is fine. */
export async function askCheck(transaction: Executor, targetId: string): Promise<Refusal | null> {
  const asked = await runCount(
    transaction,
    sql`insert into drift_check (target_id, asked_at)
        select id, now() from target where id = ${targetId} and listed
        on conflict (target_id) do update set asked_at = now(), due_at = now()`,
  );
  if (asked === 0) return unknownTarget(targetId);
  await runCount(transaction, sql`select pg_notify(${driftChannel}, '')`);
  return null;
}

interface Row extends Omit<
  DriftReport,
  'policy' | 'verifiedAt' | 'finishedAt' | 'dueAt' | 'findings' | 'next'
> {
  readonly kind: string;
  readonly policies: ChosenPolicies;
  readonly verifiedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly dueAt: Date | null;
}

/** The last check of a target, with a page of what it found. */
export async function readReport(
  executor: Executor,
  targetId: string,
  { after, limit }: DriftQuery,
): Promise<DriftReport | Refusal> {
  const [row] = await run<Row>(
    executor,
    sql`select t.id as target, p.kind, p.policies,
          case when c.lease_until > now() then 'reading' when c.asked_at is not null then 'waiting'
            else coalesce(c.outcome, 'never') end as state,
          t.verified_at as "verifiedAt", coalesce(c.held or c.in_vain, false) as held, c.finished_at as "finishedAt", least(c.due_at, c.late_at, owed.at) as "dueAt", c.reason,
          coalesce(c.records, 0) as records, coalesce(c.missing, 0) as missing, coalesce(c.altered, 0) as altered,
          coalesce(c.extra, 0) as extra, coalesce(c.foreign_records, 0) as foreign, coalesce(c.in_doubt, 0) as "inDoubt", coalesce(c.recurring, 0) as recurring
        from target t join profile p on p.id = t.profile_id left join drift_check c on c.target_id = t.id
          left join (${owedLooks(mendedMs)}) owed on owed.target_id = t.id
        where t.id = ${targetId} and t.listed`,
  );
  if (!row) return unknownTarget(targetId);
  const findings = await run<DriftReport['findings'][number] & { number: number }>(
    executor,
    sql`select number, kind, external_id as "externalId", code, concept_id as "conceptId", fields, times from drift_finding
        where target_id = ${targetId} and number > ${after} order by number limit ${limit + 1}`,
  );
  const page = findings.slice(0, limit);
  const { kind, policies, ...shown } = row;
  return {
    ...shown,
    policy: policiesOf(kind, policies).drift,
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    dueAt: row.dueAt?.toISOString() ?? null,
    findings: page.map(({ number: _, ...finding }) => finding),
    next: findings.length > limit ? (page.at(-1)?.number ?? null) : null,
  };
}
