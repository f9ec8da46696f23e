import type { DataSource } from 'typeorm';
import type { Logger } from '#platform';
import { holdBeyondPlan } from '../guards/hold-beyond-plan.ts';
import type { DriverCabinet, OpenedTarget } from './driver-cabinet.ts';
import { forgetAcknowledged } from './forget-acknowledged.ts';
import { loadWork, type Workload } from './load-work.ts';
import { stillStanding } from './still-standing.ts';
import type { ClaimedSystem } from './system-lease.ts';
import type { SystemLedger } from './system-ledger.ts';
import { beginTurns, readTargetsWithWork, type Holder, type Turn } from './turn.ts';
import type { Verdict } from './verdict.ts';

/** A target whose turn has begun. */
export interface Taken {
  readonly turn: Turn;
  readonly opened: OpenedTarget;
  readonly workload: Workload;
}

export interface Desk {
  readonly dataSource: DataSource;
  readonly drivers: DriverCabinet;
  readonly system: ClaimedSystem;
  readonly key: Holder;
  readonly ledger: SystemLedger;
  readonly verdict: Verdict;
  readonly logger: Logger;
}

/**
 * Begins the turns of a group of targets that have work, and reads and plans what they have to do: a few statements for
 * all targets that are at the same revision with the same profile. Those to which more would be done than was approved are held.
 */
export async function takeWork(
  { dataSource, drivers, system, key, ledger, verdict, logger }: Desk,
  except: readonly string[],
  most: number,
): Promise<Taken[]> {
  const waiting = await readTargetsWithWork(dataSource, system.id, except, most);
  if (waiting.length === 0) return [];
  const found = await drivers.open(
    system,
    waiting.map(({ id }) => id),
  );
  if ('trouble' in found) {
    verdict.blameSystem(found.trouble);
    return [];
  }
  const opened = new Map<string, OpenedTarget>();
  for (const [targetId, target] of found) {
    if ('driver' in target) opened.set(targetId, target);
    else {
      const trouble = { is: 'failing', reason: target.reason } as const;
      verdict.convict({ targetId, failures: target.failures, trouble });
    }
  }
  const resynced = waiting.flatMap(({ id, isResync }) => (isResync && opened.has(id) ? [id] : []));
  if (resynced.length > 0) await forgetAcknowledged(dataSource, key, resynced);
  const turns = await beginTurns(dataSource, key, [...opened.keys()]);
  const cohorts = Map.groupBy(turns, (turn) =>
    JSON.stringify([opened.get(turn.targetId)?.rulesKey, ...spanOf(turn)]),
  );
  const taken: Taken[] = [];
  for (const cohort of cohorts.values()) {
    const rules = opened.get(cohort[0]?.targetId ?? '')?.rules;
    if (!rules) continue;
    const workloads = await loadWork(dataSource, cohort, rules);
    taken.push(
      ...cohort.flatMap((turn) => {
        const workload = workloads.get(turn.targetId);
        const target = opened.get(turn.targetId);
        return workload && target ? [{ turn, opened: target, workload }] : [];
      }),
    );
  }
  const standing = await stillStanding(dataSource, turns);
  const planned = taken.filter(({ turn }) => standing.has(turn.targetId));
  const held = await holdBeyondPlan(
    dataSource,
    key,
    planned.map(({ turn, workload: { would } }) => ({ turn, would })),
  );
  if (held.size > 0) logger.warn({ targets: [...held] }, 'held: more would be done than was approved');
  const free = planned.filter(({ turn }) => !held.has(turn.targetId));
  await ledger.begin(free.map(({ turn, workload }) => ({ targetId: turn.targetId, plan: workload.plan })));
  return free;
}

const spanOf = ({ scheme, applied, desired, isFull, isInDoubt }: Turn): unknown[] => [
  scheme,
  applied,
  desired,
  isFull,
  isInDoubt,
];
