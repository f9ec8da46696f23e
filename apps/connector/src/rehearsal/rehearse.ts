import type { DataSource } from 'typeorm';
import { isRefusal, refuse, run, sql, type Executor, type Refusal } from '#platform';
import type { Capabilities, StoredRecord } from '#targets';
import type { ConceptId } from '#taxonomy';
import { asKept, say } from '#words';
import type { DriverCabinet } from '../delivery/driver-cabinet.ts';
import type { Workload } from '../delivery/load-work.ts';
import type { Turn } from '../delivery/turn.ts';
import { foreignHolder } from '../observation/foreign-holder.ts';
import { listRecords, reachTarget, type ReachedTarget } from '../observation/reach-target.ts';
import { refuseUnknownRevision } from '../rollout/find-revision.ts';
import { planTurns } from './plan-turns.ts';
import type { Rehearsal, RehearsedStep } from './schemas.ts';

/**
 * What would be sent to bring a target to a revision, planned as delivery plans it, and what would be refused.
 * Reads the target where a foreign record may have a code that is needed; nothing is written, here or there.
 * @param asked null: the revision that it should hold
 */
export async function rehearse(
  db: DataSource,
  drivers: DriverCabinet,
  targetId: string,
  asked: number | null,
  signal: AbortSignal,
): Promise<Rehearsal | Refusal> {
  const planned = await planFor(db, drivers, targetId, asked);
  if (isRefusal(planned)) return planned;
  const { target, revision, workloads } = planned;
  const { opened } = target;
  const steps = stepsOf(workloads);
  const records = opened.rules.uniqueCodes ? await listRecords(targetId, opened, signal) : [];
  if (isRefusal(records)) return records;
  const taken = takenByOthers(steps, records, opened.driver.capabilities, await readOurs(db, targetId));
  const count = (kind: RehearsedStep['is']): number => steps.filter(({ is }) => is === kind).length;
  return {
    target: targetId,
    applied: target.applied,
    revision,
    counts: {
      create: count('create'),
      change: count('change'),
      retire: count('retire'),
      delete: count('delete'),
      park: count('park'),
    },
    steps,
    refused: [
      ...(workloads.at(-1)?.plan.stopped ?? []).map(({ work: { code, conceptId }, class: is, reason }) => ({
        code,
        conceptId,
        class: is,
        reason,
      })),
      ...taken,
    ],
  };
}

export interface PlannedTarget {
  readonly target: ReachedTarget;
  readonly revision: number;
  readonly workloads: readonly Workload[];
}

/** The turns that would bring a target to a revision. @param asked null: the revision that it should hold */
export async function planFor(
  db: DataSource,
  drivers: DriverCabinet,
  targetId: string,
  asked: number | null,
): Promise<PlannedTarget | Refusal> {
  const target = await reachTarget(db, drivers, targetId);
  if (isRefusal(target)) return target;
  if (target.mode === 'observe') return onlyObserved(targetId);
  const revision = asked ?? target.desired;
  const unknown = await refuseUnknownRevision(db, target.scheme, revision);
  if (unknown) return unknown;
  const turn = await turnTo(db, targetId, target, revision);
  return { target, revision, workloads: await planTurns(db, turn, target.opened.rules) };
}

/** As if it began now; see `beginTurns`. */
async function turnTo(
  executor: Executor,
  targetId: string,
  { scheme, applied, comparesFull, tried, attempting }: ReachedTarget,
  desired: number,
): Promise<Turn> {
  const [revision] = await run<Pick<Turn, 'desiredHash' | 'publishedAt' | 'dueAt' | 'triedAt' | 'heldSince'>>(
    executor,
    sql`select content_hash as "desiredHash", published_at as "publishedAt", applied_at::text as "heldSince", now() as "dueAt", now() as "triedAt" from revision
        where scheme = ${scheme} and number = ${desired}`,
  );
  if (!revision) throw new Error(`no revision ${desired} of ${scheme}`);
  return {
    ...revision,
    targetId,
    scheme,
    applied,
    desired,
    isFull: comparesFull || applied === 0 || Math.max(applied, attempting ?? 0, tried ?? 0) > desired,
    mayExist: attempting !== null,
    isInDoubt: attempting !== null && attempting !== desired,
    triedBefore: null,
    resets: 0,
    failures: 0,
    holdsRecords: applied > 0,
    // A rehearsal shows what would be done, approved or not.
    isPlanned: false,
  };
}

/** The waves of all turns, one after another. */
function stepsOf(workloads: readonly Workload[]): RehearsedStep[] {
  const waves = workloads.flatMap(({ plan, records }) =>
    plan.waves.map((places) => places.map((place) => ({ step: plan.steps[place], records }))),
  );
  return waves.flatMap((items, wave) =>
    items.flatMap(({ step, records }): RehearsedStep[] => {
      if (!step) return [];
      const { work, content, hash } = step;
      const externalId = work.held === null ? null : (records.get(work.conceptId) ?? null);
      const made = externalId === null ? 'create' : 'change';
      const ended = work.deletion === 'now' ? 'delete' : 'retire';
      const is = hash === null ? 'park' : content.active ? made : ended;
      return [{ is, wave: wave + 1, code: work.code, conceptId: work.conceptId, externalId, content }];
    }),
  );
}

/** Codes that records of somebody else have. */
function takenByOthers(
  steps: readonly RehearsedStep[],
  records: readonly StoredRecord[],
  capabilities: Capabilities,
  ours: ReadonlyMap<string, ConceptId>,
): Rehearsal['refused'] {
  const foreign = records.filter(({ externalId }) => !ours.has(externalId));
  const holderOf = foreignHolder(foreign, capabilities, ours);
  return steps.flatMap(({ code, conceptId, content }) => {
    const holder = holderOf(content);
    if (holder === undefined) return [];
    const reason = asKept(say`the foreign record ${holder} has the code ${content.code}`);
    return [{ code, conceptId, class: 'rejected' as const, reason }];
  });
}

/** Concepts of our records by external id. */
async function readOurs(executor: Executor, targetId: string): Promise<Map<string, ConceptId>> {
  const rows = await run<{ id: string; conceptId: ConceptId }>(
    executor,
    sql`select external_id as id, concept_id as "conceptId" from link
        where target_id = ${targetId} and external_id is not null and state <> 'deleted'`,
  );
  return new Map(rows.map(({ id, conceptId }) => [id, conceptId]));
}

function onlyObserved(targetId: string): Refusal {
  return refuse('only-observed', {
    status: 409,
    title: say`The target is only observed`,
    detail: say`What would happen to "${targetId}" is said by its observation.`,
  });
}
