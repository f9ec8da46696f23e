import { once } from 'node:events';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { usageBodySchema, type UsageAnswer } from '#contracts';
import { run, sql } from '#platform';
import type { Driver } from '#targets';
import type { DeliveryContext } from '../delivery/work-system.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  registerTargets,
  takeIn,
} from '../testing/delivery-harness.ts';
import { conceptNumber, MapHistory, mapOf } from '../testing/map-history.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';
import { countUsage } from './count-usage.ts';

let database: ConnectorDatabase;
let db: DataSource;
let one: SimulatedTarget;
let two: SimulatedTarget;
let delivery: DeliveryContext;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());

/** Two targets hold revision 2, in which A1.1 was retired. */
beforeEach(async () => {
  await emptyDatabase(db);
  [one, two] = [new SimulatedTarget(), new SimulatedTarget()];
  delivery = deliveryTo(db, { one, two });
  await registerTargets(db, ['one', 'two'], 'map');
  const history = new MapHistory('map');
  await takeIn(db, history.publish(mapOf(['1 A1 a', '2 A1.1 b', '3 A1.2 c'])));
  await deliverAll(delivery);
  await takeIn(db, history.publish(mapOf(['1 A1 a', '3 A1.2 c'])));
  await deliverAll(delivery);
});

const idOf = (target: SimulatedTarget, n: number): string =>
  target.withKey(conceptNumber(n))[0]?.id ?? 'nowhere';
const usage = (body: object, page: { limit?: number; after?: string } = {}): Promise<UsageAnswer> =>
  countUsage(
    db,
    delivery.drivers,
    usageBodySchema.parse({ scheme: 'map', ...body }),
    { limit: 100, ...page },
    { targetMs: 50, pageMs: 2_000 },
  );

it('counts by record, target and profile, and finds a retired code by the code that it had', async () => {
  one.uses.set(idOf(one, 2), 3).set(idOf(one, 3), 4);
  two.uses.set(idOf(two, 2), 1);
  const answer = await usage({ codes: ['A1.1'] });
  expect(answer.profiles).toEqual([{ profile: 'map', counted: 2, notCounted: 0, uses: 4 }]);
  expect(answer.targets[0]).toMatchObject({ target: 'one', organisation: 'o', isCounted: true, uses: 3 });
  expect(answer.targets[0]?.records).toEqual([
    { conceptId: conceptNumber(2), code: expect.stringContaining('A1.1 (cessata'), record: 'ended', uses: 3 },
  ]);
  expect((await usage({ conceptIds: [conceptNumber(3)] })).targets.map(({ uses }) => uses)).toEqual([4, 0]);
});

it('says who could not be asked and why, and counts the others', async () => {
  one.isAway = true;
  two.uses.set(idOf(two, 3), 2);
  const answer = await usage({ codes: ['A1.2'] });
  expect(answer.targets).toMatchObject([
    { target: 'one', isCounted: false, reason: 'the server is away', uses: 0 },
    { target: 'two', isCounted: true, uses: 2 },
  ]);
  expect(answer.profiles).toEqual([{ profile: 'map', counted: 1, notCounted: 1, uses: 2 }]);
});

it('leaves a target that does not answer in time', async () => {
  one.countUses = async (_, signal) => {
    if (!signal.aborted) await once(signal, 'abort');
    return new SimulatedTarget().countUses([], signal);
  };
  expect((await usage({ codes: ['A1'] })).targets[0]).toMatchObject({
    isCounted: false,
    reason: 'it did not answer in time',
  });
});

it('does not ask a system that fails, nor a protocol that cannot count', async () => {
  await run(db, sql`update system set trouble = 'failing', reason = 'it answers 503' where id = 'one'`);
  Reflect.set(two, 'countUses', undefined satisfies Driver['countUses']);
  expect((await usage({ codes: ['A1'] })).targets.map(({ reason }) => reason)).toEqual([
    'it answers 503',
    'the protocol simulated cannot count uses',
  ]);
});

it('gives the targets in pages, each once, and nothing of another map', async () => {
  const first = await usage({ codes: ['A1'] }, { limit: 1 });
  expect([first.targets.map(({ target }) => target), first.next]).toEqual([['one'], 'one']);
  const second = await usage({ codes: ['A1'] }, { limit: 1, after: 'one' });
  expect([second.targets.map(({ target }) => target), second.next]).toEqual([['two'], null]);
  expect(await usage({ scheme: 'another', codes: ['A1'] })).toMatchObject({ targets: [], next: null });
});

it('takes no question without a code or a concept', () => {
  expect(usageBodySchema.safeParse({ scheme: 'map' }).success).toBe(false);
  expect(usageBodySchema.safeParse({ scheme: 'map', codes: [''] }).success).toBe(false);
});
