import type { DataSource } from 'typeorm';
import { refuse, run, sql, type Executor, type Refusal } from '#platform';
import { TargetError, type StoredRecord } from '#targets';
import { asKept, recalled, say } from '#words';
import type { DriverCabinet, OpenedTarget } from '../delivery/driver-cabinet.ts';
import { systemAsJson, type ClaimedSystem } from '../delivery/system-lease.ts';
import { unknownTarget } from '../operations/act.ts';
import { placeOf } from './still-there.ts';

interface TargetRow {
  readonly scheme: string;
  readonly mode: 'observe' | 'on';
  readonly applied: number;
  /** Everything is compared, not only what changed. */
  readonly comparesFull: boolean;
  /** The revision that a turn last tried to bring there. */
  readonly tried: number | null;
  /** Its records are said to stand at another place now, and nobody has read them there. */
  readonly isMoved: boolean;
  /** See `placeOf`. */
  readonly place: string;
  /** See `Turn`. */
  readonly attempting: number | null;
  readonly desired: number;
  readonly newest: number;
}

export interface ReachedTarget extends TargetRow {
  readonly opened: OpenedTarget;
}

/** Opens a target outside of any delivery, through the connections and limits of its system. */
export async function reachTarget(
  db: DataSource,
  drivers: DriverCabinet,
  targetId: string,
): Promise<ReachedTarget | Refusal> {
  const found = await readTarget(db, targetId);
  if (!found) return unknownTarget(targetId);
  const { system, ...target } = found;
  const opened = await drivers.open(system, [targetId]);
  if ('trouble' in opened) return notAsked(targetId, opened.trouble.reason);
  const one = opened.get(targetId);
  if (!one || !('driver' in one)) return notAsked(targetId, one?.reason ?? asKept(say`it is gone`));
  return { ...target, opened: one };
}

async function readTarget(
  executor: Executor,
  targetId: string,
): Promise<(TargetRow & { readonly system: ClaimedSystem }) | undefined> {
  const [target] = await run<TargetRow & { readonly system: ClaimedSystem }>(
    executor,
    sql`select t.scheme, t.mode, t.applied_revision as applied, t.compare_full or t.resync_asked as "comparesFull", t.tried_revision as tried, t.awaits_check as "isMoved", ${placeOf} as place, t.attempting, coalesce(d.revision, 0) as desired,
          (select coalesce(max(number), 0) from revision r where r.scheme = t.scheme and r.applied_at is not null) as newest,
          ${systemAsJson} as system
        from target t join system s on s.id = t.system_id join profile p on p.id = t.profile_id left join desired d on d.target_id = t.id
        where t.id = ${targetId} and t.listed`,
  );
  return target;
}

/** All records of a target, none where its driver cannot list; or why it cannot be read to its end, in its own words. */
export async function listRecords(
  targetId: string,
  { driver }: OpenedTarget,
  signal: AbortSignal,
): Promise<StoredRecord[] | Refusal> {
  if (!driver.capabilities.canList) return [];
  const records: StoredRecord[] = [];
  try {
    for await (const page of driver.list(signal)) records.push(...page);
    return records;
  } catch (error) {
    if (error instanceof TargetError) return unreadable(targetId, error.answer.reason);
    throw error;
  }
}

/** What keeps us from asking a target at all, such as a secret that is not there. */
function notAsked(targetId: string, reason: string): Refusal {
  return refuse('target-not-asked', {
    status: 503,
    title: say`The target cannot be read now`,
    detail: say`"${targetId}" cannot be asked: ${recalled(reason)}`,
  });
}

/** @param reason in the target's own words, where it gave any */
export function unreadable(targetId: string, reason: string): Refusal {
  return refuse('target-unreadable', {
    status: 503,
    title: say`The target cannot be read now`,
    detail: say`"${targetId}" says: ${recalled(reason)}`,
  });
}
