import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { run, sql } from '#platform';
import type { Driver } from '#targets';
import { claimCheck } from '../drift/claim-check.ts';
import { runCheck } from '../drift/run-check.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  registerTargets,
  takeIn,
} from '../testing/delivery-harness.ts';
import { MapHistory, mapOf } from '../testing/map-history.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';
import { statusInEnglish } from '../testing/status-in-english.ts';
import { Alarm } from './alarm.ts';
import { deliveryLoop } from './delivery-loop.ts';

const scheme = 'map';
const { signal } = new AbortController();
let database: ConnectorDatabase;
let db: DataSource;
let bad: SimulatedTarget;
let good: SimulatedTarget;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());
beforeEach(async () => {
  await emptyDatabase(db);
  [bad, good] = [new SimulatedTarget(), new SimulatedTarget()];
  await registerTargets(db, ['bad', 'good'], scheme);
  await takeIn(db, new MapHistory(scheme).publish(mapOf(['1 A1 a', '2 A1.1 b'])));
});

const statusOf = async (id: string) => (await statusInEnglish(db, id))[0];
const answering = (say: (answer: Awaited<ReturnType<Driver['write']>>[number]) => typeof answer): void => {
  const write = bad.write.bind(bad);
  bad.write = async (steps, stop) => (await write(steps, stop)).map(say);
};

it('an id that cannot be kept is no acknowledgement, and rests the target alone', async () => {
  answering((answer) =>
    answer.is === 'done' ? { ...answer, externalId: `${answer.externalId}\0` } : answer,
  );
  await deliverAll(deliveryTo(db, { bad, good }, { pausesMs: [60_000] }));
  expect(await statusOf('good')).toMatchObject({ state: 'in-step' });
  expect(await statusOf('bad')).toMatchObject({
    state: 'unreachable',
    reason: expect.stringContaining('not what the protocol says'),
  });
});

it.each(['failing', 'rejected'] as const)(
  'a reason of %s is cut between characters, without NUL',
  async (is) => {
    const reason = `\0${'x'.repeat(499 - (is === 'failing' ? 0 : -500))}😀 and more`;
    answering(() => ({ is, reason }));
    await deliverAll(deliveryTo(db, { bad, good }, { pausesMs: [60_000] }));
    expect(await statusOf('good')).toMatchObject({ state: 'in-step' });
    const [kept] = await run<{ reason: string }>(
      db,
      sql`select reason from target where id = 'bad' and reason is not null union all select reason from stuck where class = 'rejected'`,
    );
    expect(kept?.reason).toMatch(/^x+$/);
  },
);

it('an error of our own in the work on one system rests that one, says so, and cuts off no other', async () => {
  const stop = new AbortController();
  let [errors, isCutOff] = [0, false];
  let failed = (): void => undefined;
  const hasFailed = new Promise<void>((resolve) => (failed = resolve));
  bad.write = async () => {
    throw new TypeError('a defect');
  };
  const write = good.write.bind(good);
  good.write = async (steps, request) => {
    await hasFailed;
    isCutOff ||= request.aborted;
    return write(steps, request);
  };
  const delivery = deliveryTo(db, { bad, good }, { pausesMs: [60_000] });
  const onOwnError = (): void => {
    errors++;
    failed();
  };
  const { promise: inStep, resolve } = Promise.withResolvers<void>();
  const turned = (): void =>
    void statusOf('good').then((status) => (status?.state === 'in-step' ? resolve() : undefined));
  const settings = { pollMs: 20, mostSystems: 8 };
  const loop = deliveryLoop({ ...delivery, onOwnError }, new Alarm(), settings, stop.signal, turned);
  await inStep;
  stop.abort();
  await loop;
  expect([errors, isCutOff]).toEqual([1, false]);
  expect(await statusOf('bad')).toMatchObject({
    state: 'unreachable',
    reason: 'the connector met an error of its own; see its log (a defect)',
  });
});

it('a foreign record with a code that cannot be kept is shown, and does not keep a target from being verified', async () => {
  const delivery = deliveryTo(db, { bad, good });
  await deliverAll(delivery);
  bad.hold('x1', 'X\0', 'di \ud83d altri');
  const { drivers, logger } = delivery;
  const settings = { everyMs: 86_400_000, mendedMs: 60_000, leaseMs: 30_000, againMs: 60_000 };
  const context = { dataSource: db, drivers, logger, settings, onOwnError: () => undefined };
  for (let claim = await claimOne(); claim; claim = await claimOne()) await runCheck(context, claim, signal);
  expect(await statusOf('bad')).toMatchObject({ state: 'in-step', verifiedAt: expect.any(String) });
  expect(await run(db, sql`select kind, code from drift_finding`)).toEqual([
    { kind: 'foreign', code: 'X\ufffd' },
  ]);
});

it('a record of ours in which somebody put what cannot be kept is found and mended', async () => {
  const delivery = deliveryTo(db, { bad, good });
  await deliverAll(delivery);
  const [record] = bad.active();
  if (!record) throw new Error('no record');
  record.content = { ...record.content, title: 'a\0', validTo: '2030\0\ud83d' };
  const { drivers, logger } = delivery;
  const settings = { everyMs: 86_400_000, mendedMs: 60_000, leaseMs: 30_000, againMs: 60_000 };
  const context = { dataSource: db, drivers, logger, settings, onOwnError: () => undefined };
  for (let claim = await claimOne(); claim; claim = await claimOne()) await runCheck(context, claim, signal);
  expect(await run(db, sql`select kind from drift_finding`)).toEqual([{ kind: 'altered' }]);
  await deliverAll(delivery);
  expect(bad.active().map(({ content }) => [content.title, content.validTo])).toContainEqual(['a', null]);
});

it('a drift check that meets an error of our own is put off, and says why', async () => {
  const delivery = deliveryTo(db, { bad, good });
  await deliverAll(delivery);
  bad.afterPage = async () => {
    throw new TypeError('a defect');
  };
  const { drivers, logger } = delivery;
  const settings = { everyMs: 86_400_000, mendedMs: 60_000, leaseMs: 30_000, againMs: 60_000 };
  let errors = 0;
  const context = { dataSource: db, drivers, logger, settings, onOwnError: () => void errors++ };
  for (let claim = await claimOne(); claim; claim = await claimOne()) await runCheck(context, claim, signal);
  expect(errors).toBe(1);
  expect(
    await run(
      db,
      sql`select target_id as id, outcome, reason, due_at > now() as later from drift_check order by id`,
    ),
  ).toMatchObject([
    {
      id: 'bad',
      outcome: 'unreadable',
      reason: 'the connector met an error of its own; see its log (a defect)',
      later: true,
    },
    { id: 'good', outcome: 'verified', later: true },
  ]);
});

const claimOne = () => claimCheck(db, crypto.randomUUID(), 30_000, 60_000);
