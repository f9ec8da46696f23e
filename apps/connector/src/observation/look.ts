import type { DataSource } from 'typeorm';
import type { Code, Title } from '#taxonomy';
import { refuse, run, sql, type Executor, type Refusal } from '#platform';
import { TargetError, type StoredRecord } from '#targets';
import type { DriverCabinet, OpenedTarget } from '../delivery/driver-cabinet.ts';
import type { ClaimedSystem } from '../delivery/system-lease.ts';
import { unknownTarget } from '../operations/act.ts';
import { bestFit, standsIn, type PastEntry } from './best-fit.ts';
import { matchRecords, type Matched } from './match-records.ts';

export interface Observed {
  readonly opened: OpenedTarget;
  readonly records: readonly StoredRecord[];
  /** Of all revisions. */
  readonly entries: readonly PastEntry[];
  readonly fits: number;
  readonly desired: number;
  readonly matched: Matched;
}

interface TargetRow {
  readonly scheme: string;
  readonly desired: number;
  readonly newest: number;
  readonly system: ClaimedSystem;
}

/** Reads all records of a target, and says what they are. Writes nothing, here or there. */
export async function look(
  db: DataSource,
  drivers: DriverCabinet,
  targetId: string,
  signal: AbortSignal,
): Promise<Observed | Refusal> {
  const target = await readTarget(db, targetId);
  if (!target) return unknownTarget(targetId);
  const found = await drivers.open(target.system, [targetId]);
  if ('trouble' in found) return unreadable(targetId, found.trouble.reason);
  const opened = found.get(targetId);
  if (!opened || !('driver' in opened)) return unreadable(targetId, opened?.reason ?? 'it is gone');
  const records = await listAll(opened, signal);
  if (typeof records === 'string') return unreadable(targetId, records);
  const entries = await readPastEntries(db, target.scheme);
  const { language } = opened.rules;
  const seen = records.map(({ content: { code, title } }) => ({ code, title }));
  // Where no title is known, a code alone can still be asked about.
  const fits = bestFit(seen, entries, language, target.newest) || target.desired;
  const concepts = new Set(entries.map(({ conceptId }) => conceptId));
  const matched = matchRecords(records, entries.filter(standsIn(fits)), concepts, language);
  return { opened, records, entries, fits, desired: target.desired, matched };
}

async function readTarget(executor: Executor, targetId: string): Promise<TargetRow | undefined> {
  const [target] = await run<TargetRow>(
    executor,
    sql`select t.scheme, coalesce(d.revision, 0) as desired,
          (select coalesce(max(number), 0) from revision r where r.scheme = t.scheme and r.applied_at is not null) as newest,
          jsonb_build_object('id', s.id, 'address', s.address, 'user', s.username, 'secret', s.secret,
            'concurrency', s.concurrency, 'ratePerSecond', s.rate_per_second, 'failures', s.failures) as system
        from target t join system s on s.id = t.system_id left join desired d on d.target_id = t.id
        where t.id = ${targetId} and t.listed`,
  );
  return target;
}

/** @returns in the target's own words why it could not be read to its end */
async function listAll({ driver }: OpenedTarget, signal: AbortSignal): Promise<StoredRecord[] | string> {
  const records: StoredRecord[] = [];
  try {
    for await (const page of driver.list(signal)) records.push(...page);
    return records;
  } catch (error) {
    if (error instanceof TargetError) return error.answer.reason;
    throw error;
  }
}

/** Each state of each entry with a code, with the revisions in which it stood. */
async function readPastEntries(executor: Executor, scheme: string): Promise<PastEntry[]> {
  return run<PastEntry & { code: Code; titles: Record<string, Title> }>(
    executor,
    sql`select e.concept_id as "conceptId", e.code, e.level, e.titles, e.parent_id as "parentId",
          e.from_revision as "from", e.to_revision as "to"
        from entry e where e.scheme = ${scheme} and e.code is not null order by e.from_revision, e.rank, e.code`,
  );
}

function unreadable(targetId: string, reason: string): Refusal {
  return refuse('target-unreadable', {
    status: 503,
    title: 'The target cannot be read now',
    detail: `"${targetId}" says: ${reason}`,
  });
}
