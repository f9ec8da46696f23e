import { setTimeout as wait } from 'node:timers/promises';
import { cpuSeconds } from '../cpu-seconds.ts';
import { peakMemoryMb } from '../peak-memory.ts';
import { retitleOne } from './map.ts';
import { say, timed } from './say.ts';
import type { Stand } from './stand.ts';
import { forgetTargets, seedLinks } from './targets.ts';

/** Very many targets that hold a map: one retitle to all, the overview, memory, a second instance, and its takeover. */
export async function manyTargets(stand: Stand, count: number): Promise<void> {
  const { db } = stand;
  await forgetTargets(db);
  stand.write({ count, systems: 100, ...stand.crm(200) });
  await db.query('update revision set applied_at = null');
  const first = await stand.start();
  const pid = first.child.pid;
  await seedLinks(db, stand.entries);
  await db.query('update revision set applied_at = now()');
  await stand.inStep(1, count);
  let revision = 1;
  const retitle = (): Promise<number> =>
    timed(async () => {
      await retitleOne(db, ++revision, 'A1.1.1.1');
      await stand.inStep(revision, count);
    });
  for (const round of ['first', 'second', 'third']) {
    const since = { cpu: cpuSeconds(pid), postgresCpu: stand.postgresCpu() };
    say(`one retitle to ${count} targets, ${round}`, await retitle(), 's');
    say('  processor time of the connector', cpuSeconds(pid) - since.cpu, 's');
    say('  of Postgres', stand.postgresCpu() - since.postgresCpu, 's');
  }
  const overview = `${first.url}/api/v1/targets/summary?by=system`;
  const read = (): Promise<string> => fetch(overview).then((answer) => answer.text());
  await read();
  say('overview of all targets', 1_000 * (await timed(read)), 'ms');
  say('peak memory of the connector', peakMemoryMb(pid), 'MB');
  const dying = retitle();
  const holder = await stand.holderAtWork();
  await dying;
  const second = await stand.start();
  say('the same with two instances', Math.min(await retitle(), await retitle()), 's');
  await retitleOne(db, ++revision, 'A1.1.1.1');
  await wait(300);
  process.kill(pid, 'SIGKILL');
  const killedAt = performance.now();
  const sinceKill = (): number => (performance.now() - killedAt) / 1_000;
  await stand.takenOver(holder, revision);
  say('takeover: kill of one of two to its last system at work', sinceKill(), 's');
  await stand.inStep(revision, count);
  say('the same, to all targets in step', sinceKill(), 's');
  await stand.stop(second);
}
