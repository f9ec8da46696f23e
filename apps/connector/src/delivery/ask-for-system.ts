import type { DataSource } from 'typeorm';
import { run, sql } from '#platform';
import { credentialsRefused } from '#targets';
import type { DriverCabinet } from './driver-cabinet.ts';
import type { ClaimedSystem } from './system-lease.ts';
import type { Verdict } from './verdict.ts';

/** A system of which so many targets say nothing is left alone. */
const mostAsked = 3;

/**
 * Asks for a system in doubt through targets that were in step last, one after the other, until one answers. Where there
 * are none, others are asked, each time others first, and those under suspicion last.
 */
export async function askForSystem(
  dataSource: DataSource,
  drivers: DriverCabinet,
  system: ClaimedSystem,
  verdict: Verdict,
  signal: AbortSignal,
): Promise<void> {
  const targetIds = await readWitnesses(dataSource, system.id, verdict.resting());
  const opened = await drivers.open(system, targetIds);
  if ('trouble' in opened) return verdict.blameSystem(opened.trouble);
  let trouble = null;
  for (const targetId of targetIds) {
    const target = opened.get(targetId);
    if (!target || !('driver' in target) || signal.aborted) continue;
    const refusal = await target.driver.probe(signal);
    if (signal.aborted) return;
    if (refusal?.is === 'slow-down') return verdict.blameSystem(refusal);
    if (refusal?.is !== 'failing' || !refusal.aboutSystem) return verdict.answered(targetId);
    trouble = refusal;
    if (credentialsRefused(trouble)) break;
  }
  if (trouble) verdict.blameSystem(trouble);
  else verdict.nobodyAnswersFor();
}

async function readWitnesses(
  dataSource: DataSource,
  systemId: string,
  suspects: readonly string[],
): Promise<string[]> {
  const rows = await run<{ id: string }>(
    dataSource,
    sql`select id from target
        where system_id = ${systemId} and listed and mode = 'on' and not paused and quarantine is null
        order by id = any(${suspects}::text[]), failures = 0 and in_step desc, random() limit ${mostAsked}`,
  );
  return rows.map(({ id }) => id);
}
