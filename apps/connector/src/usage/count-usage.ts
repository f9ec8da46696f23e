import type { DataSource } from 'typeorm';
import type { ProfileUsage, TargetUsage, UsageAnswer, UsageBody, UsageQuery } from '#contracts';
import { Turnstile, type Driver } from '#targets';
import { asKept, say } from '#words';
import type { DriverCabinet, OpenedTarget } from '../delivery/driver-cabinet.ts';
import { readAskedTargets, readUsedRecords, type AskedTarget, type UsedRecord } from './read-used-records.ts';
import { told } from './told.ts';

export interface UsageLimits {
  /** A target that does not answer within this time is not counted. */
  readonly targetMs: number;
  /** Of a whole page; what is not counted by then is said so. */
  readonly pageMs: number;
}

/** Targets asked at the same time; the limits of their systems hold besides. */
const mostAtOnce = 32;
/** Records asked about in one call. */
const mostRecords = 200;

/**
 * How many things of the targets' own (cases, lines of time sheets) use the records of some concepts, for a page of
 * targets. Whoever cannot be asked is named with the reason, and costs the others at most its own time limit.
 */
export async function countUsage(
  db: DataSource,
  drivers: DriverCabinet,
  body: UsageBody,
  query: UsageQuery,
  limits: UsageLimits,
): Promise<UsageAnswer> {
  const found = await readAskedTargets(db, body.scheme, query);
  const page = found.slice(0, query.limit);
  const records = await readUsedRecords(
    db,
    page.map(({ id }) => id),
    body,
  );
  const recordsOf = Map.groupBy(records, ({ targetId }) => targetId);
  const opened = await openAll(drivers, page);
  const places = new Turnstile(mostAtOnce);
  const whole = AbortSignal.timeout(limits.pageMs);
  const targets = await Promise.all(
    page.map(async (target) => {
      const leave = await places.enter(whole).catch(() => null);
      if (!leave) return notCounted(target, asKept(say`the time for this page was up`));
      const own = recordsOf.get(target.id) ?? [];
      const signal = AbortSignal.any([whole, AbortSignal.timeout(limits.targetMs)]);
      return countOne(target, opened.get(target.id), own, signal).finally(leave);
    }),
  );
  const next = found.length > page.length ? (page.at(-1)?.id ?? null) : null;
  return { scheme: body.scheme, profiles: byProfile(targets), targets, next };
}

type Opened = OpenedTarget | { readonly reason: string };

async function openAll(drivers: DriverCabinet, page: readonly AskedTarget[]): Promise<Map<string, Opened>> {
  const opened = new Map<string, Opened>();
  for (const targets of Map.groupBy(page, ({ system }) => system.id).values()) {
    const [first] = targets;
    if (!first) continue;
    const ids = targets.map(({ id }) => id);
    const found = await drivers.open(first.system, ids);
    for (const id of ids) {
      const one = 'trouble' in found ? found.trouble : found.get(id);
      if (one) opened.set(id, one);
    }
  }
  return opened;
}

async function countOne(
  target: AskedTarget,
  opened: Opened | undefined,
  records: readonly UsedRecord[],
  signal: AbortSignal,
): Promise<TargetUsage> {
  if (target.trouble !== null) return notCounted(target, target.trouble);
  if (!opened || !('driver' in opened)) return notCounted(target, opened?.reason ?? asKept(say`it is gone`));
  const { driver, driverName } = opened;
  if (!driver.countUses) return notCounted(target, asKept(say`the protocol ${driverName} cannot count uses`));
  const ids = records.map(({ externalId }) => externalId);
  const counted = await told(async () => countAll(driver, ids, signal), signal);
  if ('reason' in counted) return notCounted(target, counted.reason);
  const used = records.flatMap(({ conceptId, code, record, externalId }) => {
    const uses = counted.answer.get(externalId) ?? 0;
    return uses > 0 ? [{ conceptId, code, record, uses }] : [];
  });
  const uses = used.reduce((sum, record) => sum + record.uses, 0);
  return { ...named(target), isCounted: true, reason: null, uses, records: used };
}

async function countAll(
  driver: Driver,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (let from = 0; from < ids.length; from += mostRecords) {
    const some = await driver.countUses?.(ids.slice(from, from + mostRecords), signal);
    for (const [id, uses] of some ?? []) counts.set(id, uses);
  }
  return counts;
}

const named = ({ id, profile, organisation }: AskedTarget) => ({ target: id, profile, organisation });

const notCounted = (target: AskedTarget, reason: string): TargetUsage => ({
  ...named(target),
  isCounted: false,
  reason,
  uses: 0,
  records: [],
});

function byProfile(targets: readonly TargetUsage[]): ProfileUsage[] {
  return [...Map.groupBy(targets, ({ profile }) => profile)].map(([profile, own]) => {
    const counted = own.filter(({ isCounted }) => isCounted);
    const uses = counted.reduce((sum, target) => sum + target.uses, 0);
    return { profile, counted: counted.length, notCounted: own.length - counted.length, uses };
  });
}
