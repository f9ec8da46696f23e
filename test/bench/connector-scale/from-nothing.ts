import { cpuSeconds } from '../cpu-seconds.ts';
import { bareLoop } from './bare-loop.ts';
import { say, timed } from './say.ts';
import type { Stand } from './stand.ts';
import { forgetTargets, putReadings, type TargetsToWrite } from './targets.ts';

/** All targets are empty, and take batches of 200. */
export async function fromNothing(stand: Stand): Promise<void> {
  const { seconds } = await fill(stand, { count: 180, systems: 6, ...stand.crm(200) });
  say('180 targets x 449 from nothing, batches of 200', seconds, 's');
}

/**
 * A record a call, beside undici alone: the same server and settings of the client, as many calls under way, bodies of the
 * same form, each answer read and parsed. Both are warm: the connector has filled four times as many targets before, in the same process, and the loop has run as long.
 */
export async function oneRecordACall(stand: Stand): Promise<void> {
  const [targets, calls, concurrency] = [30, 13_000, 24];
  const warmUp = 4 * targets;
  const ratios: number[] = [];
  await bareLoop(stand.origin, 4 * calls, concurrency);
  for (let round = 1; round <= 3; round++) {
    const before = await bareLoop(stand.origin, calls, concurrency);
    const toWrite = { count: targets + warmUp, systems: concurrency / 4, ...stand.crm(1) };
    const { seconds, cpu, postgresCpu } = await fill(stand, toWrite, warmUp);
    const after = await bareLoop(stand.origin, calls, concurrency);
    const records = targets * stand.entries.length;
    say(`one record a call, round ${round}: connector`, records / seconds, 'records/s');
    say(`  its processor time for a record`, (1e6 * cpu) / records, 'us');
    say(`  that of Postgres`, (1e6 * postgresCpu) / records, 'us');
    say(`one record a call, round ${round}: undici alone`, (before.rate + after.rate) / 2, 'records/s');
    say(`  its processor time for a record`, (before.cpuUs + after.cpuUs) / 2, 'us');
    ratios.push((2 * records) / seconds / (before.rate + after.rate));
  }
  say('ratio, median', ratios.toSorted((a, b) => a - b)[1] ?? 0, '');
}

/**
 * A connector that starts with nothing to do, then finds targets empty.
 * @param warmUp so many of them are filled before
 */
export async function fill(stand: Stand, targets: TargetsToWrite, warmUp = 0) {
  const { db } = stand;
  await forgetTargets(db);
  await db.query('update revision set applied_at = null');
  stand.write(targets);
  const connector = await stand.start();
  await putReadings(db);
  const pid = connector.child.pid;
  const work = async (count: number): Promise<void> => {
    await db.query(`select pg_notify('mappa_connector_wake', '')`);
    await stand.inStep(1, count);
  };
  if (warmUp > 0) await db.query('update target set paused = true where substr(id, 2)::int >= $1', [warmUp]);
  await db.query('update revision set applied_at = now()');
  if (warmUp > 0) await work(warmUp);
  await db.query('update target set paused = false where paused');
  const since = { cpu: cpuSeconds(pid), postgresCpu: stand.postgresCpu() };
  const seconds = await timed(() => work(targets.count));
  const cpu = cpuSeconds(pid) - since.cpu;
  const postgresCpu = stand.postgresCpu() - since.postgresCpu;
  await stand.stop(connector);
  return { seconds, cpu, postgresCpu };
}
