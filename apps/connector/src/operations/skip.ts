import { refuse, run, runCount, sql, type Executor, type Refusal } from '#platform';
import type { ConceptId } from '#taxonomy';
import { asKept, say } from '#words';
import { wake } from '../delivery/wake.ts';
import { unknownTarget } from './act.ts';

interface Found {
  readonly conceptId: ConceptId;
  readonly code: string;
}

/**
 * Excludes a concept at a target until it is unskipped: its record, where there is one, stays as it is. Where there is
 * none, what stands below it cannot be there either, and is excluded with it.
 * @returns codes that are excluded now, those of its descendants too
 */
export async function skip(
  transaction: Executor,
  targetId: string,
  code: string,
  reason: string,
): Promise<{ readonly skipped: string[] } | Refusal> {
  const concept = await findConcept(transaction, targetId, code);
  if (!('conceptId' in concept)) return concept;
  const { conceptId } = concept;
  const skipped = await run<{ code: string }>(
    transaction,
    sql`with recursive excluded as (
          select e.concept_id, coalesce(s.code, e.code) as code, ${reason}::text as reason
          from entry e left join stuck s on s.target_id = ${targetId} and s.concept_id = e.concept_id
          where e.concept_id = ${conceptId} and e.from_revision = (select max(from_revision) from entry where concept_id = ${conceptId})
          union
          select e.concept_id, e.code, ${asKept(say`stands below ${code}: ${reason}`)} from entry e join excluded x on e.parent_id = x.concept_id
          where e.to_revision is null and e.code is not null
            and not exists (select from link l where l.target_id = ${targetId} and l.concept_id = x.concept_id
              and l.state not in ('pending', 'deleted'))),
        made as (
          insert into skip (target_id, concept_id, because_of, reason)
          select ${targetId}, concept_id, ${conceptId}, reason from excluded
          on conflict (target_id, concept_id) do update set reason = excluded.reason
            where skip.because_of = excluded.because_of returning concept_id)
        select code from excluded join made using (concept_id) order by code`,
  );
  await lookAgain(transaction, targetId);
  return { skipped: skipped.map((each) => each.code) };
}

/**
 * What a skip excluded is part of the target again, and is sent. Its code may be another entry's by now; where several that had it
 * are skipped, the one that has it still comes first.
 */
export async function unskip(
  transaction: Executor,
  targetId: string,
  code: string,
): Promise<{ readonly unskipped: number } | Refusal> {
  const concept = await findConcept(transaction, targetId, code);
  if (!('conceptId' in concept)) return concept;
  const conceptId = (await findSkipped(transaction, targetId, code)) ?? concept.conceptId;
  const rows = await run<{ conceptId: string }>(
    transaction,
    sql`delete from skip where target_id = ${targetId} and because_of = ${conceptId} returning concept_id as "conceptId"`,
  );
  if (rows.length === 0) return notSkipped(targetId, code);
  const doubted = await runCount(
    transaction,
    sql`update link set hash = null
        where target_id = ${targetId} and state = 'current' and concept_id = any(${rows.map((row) => row.conceptId)}::uuid[])`,
  );
  if (doubted > 0) await runCount(transaction, sql`update target set in_step = false where id = ${targetId}`);
  await lookAgain(transaction, targetId);
  return { unskipped: rows.length };
}

/**
 * What waited for it, or is in its place, is planned anew; and a turn under way does not decide by what it saw before. A target that
 * rests may have failed on it alone, and is asked at once; a system that rests is not, because of its other targets.
 */
async function lookAgain(transaction: Executor, targetId: string): Promise<void> {
  await runCount(transaction, sql`update stuck set next_attempt_at = now() where target_id = ${targetId}`);
  await runCount(
    transaction,
    sql`update target set resets = resets + 1, retry_at = null where id = ${targetId}`,
  );
  await wake(transaction);
}

/** What is stuck, skipped or in force under a code. */
async function findConcept(executor: Executor, targetId: string, code: string): Promise<Found | Refusal> {
  const [target] = await run<{ scheme: string }>(
    executor,
    sql`select scheme from target where id = ${targetId} and listed for update`,
  );
  if (!target) return unknownTarget(targetId);
  const [found] = await run<Found>(
    executor,
    sql`select concept_id as "conceptId", code from (
          select concept_id, code, 1 as place from stuck where target_id = ${targetId} and code = ${code}
          union all
          select concept_id, code, case when to_revision is null then 2 else 3 end from entry
          where scheme = ${target.scheme} and code = ${code} and (to_revision is null
            or concept_id in (select concept_id from skip where target_id = ${targetId}))) known
        order by place limit 1`,
  );
  return (
    found ??
    refuse('code-unknown', {
      status: 404,
      title: say`There is no such code`,
      detail: say`The map of "${targetId}" has no code "${code}", and nothing is stuck under it.`,
    })
  );
}

/** The concept that a person skipped when it was stuck under a code, or had it; before all others the one that the list shows under it. */
async function findSkipped(
  executor: Executor,
  targetId: string,
  code: string,
): Promise<ConceptId | undefined> {
  const [found] = await run<{ conceptId: ConceptId }>(
    executor,
    sql`select k.concept_id as "conceptId"
        from skip k left join stuck s using (target_id, concept_id) left join entry e on e.concept_id = k.concept_id and e.code = ${code}
        where k.target_id = ${targetId} and k.because_of = k.concept_id and (s.code = ${code} or e.code = ${code})
        order by coalesce(s.code, (select code from entry where concept_id = k.concept_id order by from_revision desc limit 1)) = ${code} desc,
          e.to_revision desc nulls first, k.concept_id limit 1`,
  );
  return found?.conceptId;
}

function notSkipped(targetId: string, code: string): Refusal {
  return refuse('not-skipped', {
    status: 409,
    title: say`The code is not skipped`,
    detail: say`Nobody skipped "${code}" at "${targetId}", or it was skipped with what it stands below.`,
  });
}
