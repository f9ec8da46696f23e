import type { DataSource } from 'typeorm';
import { isRefusal, run, sql, type Executor, type Refusal } from '#platform';
import type { DriverCabinet } from '../delivery/driver-cabinet.ts';
import { standsIn } from './best-fit.ts';
import { look } from './look.ts';
import { reportOn } from './report.ts';
import type { Observation } from './schemas.ts';

/** What a target holds, and what would become of it if it were turned on now. */
export async function observe(
  db: DataSource,
  drivers: DriverCabinet,
  targetId: string,
  signal: AbortSignal,
): Promise<Observation | Refusal> {
  const seen = await look(db, drivers, targetId, signal);
  if (isRefusal(seen)) return seen;
  const { opened, records, entries, fits, desired, matched } = seen;
  return {
    target: targetId,
    fits: { revision: fits, edition: await readEdition(db, targetId, fits) },
    desired,
    records: records.length,
    ...reportOn(matched, entries.filter(standsIn(desired)), opened.rules, opened.driver.capabilities),
  };
}

async function readEdition(executor: Executor, targetId: string, revision: number): Promise<string | null> {
  const [found] = await run<{ edition: string }>(
    executor,
    sql`select r.edition from revision r join target t on t.scheme = r.scheme
        where t.id = ${targetId} and r.number = ${revision}`,
  );
  return found?.edition ?? null;
}
