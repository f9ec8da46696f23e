import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { publishDemo } from '../../deploy/local/demo/publish-demo.ts';
import { processIdentity } from '../../deploy/local/processes/identity.ts';
import { readRunFile, type RunFile } from '../../deploy/local/state/run-file.ts';
import { temporaryDirectory } from '../../deploy/local/state/temporary-directory.ts';
import { differences, recordsOf, servers } from './check-targets.ts';
import { cloneInto, npmRun, npmStart, type RunningStart } from './clone.ts';
import { impactOfRetitling, retiredInUse } from './uses.ts';

/*
 * The main job as a person does it: clone into an empty folder, npm start, look at the targets, publish the demo
 * edition, break things. One story: each test goes on where the one before ended.
 */
const statusSchema = z.object({
  targets: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      driver: z.string(),
      address: z.string(),
      state: z.enum(['in-step', 'behind', 'stuck', 'paused', 'unreachable']),
      desired: z.int(),
      applied: z.int(),
      items: z.int(),
      stuck: z.int(),
      lagSeconds: z.number(),
    }),
  ),
});

let directory: string;
let start: RunningStart;

beforeAll(async () => {
  directory = temporaryDirectory('e2e');
  cloneInto(directory);
  const since = performance.now();
  start = npmStart(directory);
  await start.until('demo:mend');
  console.log(`cold start to three targets in step: ${((performance.now() - since) / 1_000).toFixed(1)} s`);
});
afterAll(async () => {
  await start?.stop();
  rmSync(directory, { recursive: true, force: true });
});

const running = (): RunFile => {
  const run = readRunFile(join(directory, '.mappa'));
  if (!run) throw new Error(`nothing is running:\n${start.printed()}`);
  return run;
};

const status = async () => {
  const { code, output } = await npmRun(directory, 'status', '--', '--json');
  return code === 2 ? undefined : { code, ...statusSchema.parse(JSON.parse(output)) };
};

/** Asks for the status until all targets hold the revision; the last answer is the message when they never do. */
async function inStepAt(revision: number): Promise<void> {
  const deadline = performance.now() + 120_000;
  for (;;) {
    const now = await status();
    if (
      now?.targets.length === 3 &&
      now.targets.every(({ state, applied }) => state === 'in-step' && applied === revision)
    )
      return;
    if (performance.now() > deadline) throw new Error(`not in step at ${revision}: ${JSON.stringify(now)}`);
    await wait(250);
  }
}

/** Resolves when every app answers again, whatever was killed. */
async function everythingIsUp(): Promise<void> {
  const deadline = AbortSignal.timeout(60_000);
  for (const address of Object.values(running().addresses))
    while (
      !(await fetch(`${address}/health/ready`, { signal: deadline }).then(
        ({ ok }) => ok,
        () => false,
      ))
    ) {
      deadline.throwIfAborted();
      await wait(100);
    }
}

async function expectExact(): Promise<void> {
  await everythingIsUp();
  for (const server of servers)
    expect([server, await differences(running().addresses, server)]).toEqual([server, []]);
}

test('npm start ends with three targets in step, each with the 449 coded entries of the map', async () => {
  expect(await status()).toMatchObject({
    code: 0,
    targets: [
      {
        kind: 'crm',
        driver: 'crm-sobject',
        state: 'in-step',
        desired: 1,
        applied: 1,
        items: 449,
        stuck: 0,
        lagSeconds: 0,
      },
      { kind: 'hr', driver: 'scim', state: 'in-step', items: 449 },
      { kind: 'records', driver: 'cmis', state: 'in-step', items: 449 },
    ],
  });
  await expectExact();
  for (const server of servers) {
    const records = await recordsOf(running().addresses, server);
    expect(records).toHaveLength(449);
    expect(records.filter(({ title }) => title === '[titolo mancante nel documento]')).toHaveLength(7);
  }
});

test('the impact of a draft counts the cases of the CRM, and says who cannot count', async () => {
  const { usage } = await impactOfRetitling('A1.1.1.1', running().addresses);
  expect(usage).toMatchObject({ isKnown: true, touched: 1, asked: 1 });
  expect(usage.targets.find(({ target }) => target === 'demo-crm')).toMatchObject({
    isCounted: true,
    // The first activity has one case.
    uses: 1,
    records: [{ code: 'A1.1.1.1', uses: 1 }],
  });
  expect(usage.targets.find(({ target }) => target === 'demo-hr')).toMatchObject({
    isCounted: false,
    reason: 'the protocol scim cannot count uses',
  });
});

test('the demo edition travels into all three targets', async () => {
  const { code, output } = await npmRun(directory, 'demo:revision');
  expect([code, output]).toEqual([0, expect.stringContaining('Revision 2')]);
  await inStepAt(2);
  await expectExact();
});

test('the retired activity is in use still, and the operator learns what takes its place', async () => {
  const { isKnown, records } = await retiredInUse('demo-crm', running().addresses);
  expect([isKnown, records.length]).toEqual([true, 1]);
  expect(records[0]?.code).toMatch(/^A2\.1\.2\.\d+$/);
  expect(records[0]?.uses).toBeGreaterThan(0);
  expect(records[0]?.replacement).toMatchObject({
    is: 'one',
    successors: [{ code: expect.stringMatching(/^A2\.1\.2\.\d+$/) as string }],
  });
});

test('the CRM is broken: the others go on; it is mended: it catches up', async () => {
  expect((await npmRun(directory, 'demo:break')).code).toBe(0);
  await publishDemo(running().addresses);
  const deadline = performance.now() + 60_000;
  for (;;) {
    const states = (await status())?.targets.map(({ kind, state, applied }) => `${kind} ${state} ${applied}`);
    if (states?.join() === 'crm unreachable 2,hr in-step 3,records in-step 3') break;
    if (performance.now() > deadline) throw new Error(String(states));
    await wait(250);
  }
  expect((await npmRun(directory, 'demo:mend')).code).toBe(0);
  await inStepAt(3);
  await expectExact();
});

test.each(['connector', 'catalog', 'sandbox', 'kafka', 'postgres'])(
  '%s is killed while a revision travels; it comes back, and nothing is missing or twice',
  async (name) => {
    const { revision } = await publishDemo(running().addresses);
    process.kill(running().pids[name] ?? NaN, 'SIGKILL');
    await inStepAt(revision);
    await expectExact();
  },
);

test('SIGTERM to npm stops everything; a second start finds its data again', async () => {
  const { pids } = running();
  const before = (await status())?.targets[0]?.applied ?? NaN;
  await start.stop();
  const left = Object.entries(pids).filter(([, pid]) => processIdentity(pid) !== undefined);
  expect(left).toEqual([]);
  const since = performance.now();
  start = npmStart(directory);
  await start.until('demo:mend');
  console.log(`warm start to three targets in step: ${((performance.now() - since) / 1_000).toFixed(1)} s`);
  await inStepAt(before);
  await expectExact();
});
