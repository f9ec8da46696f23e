import { once } from 'node:events';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { isRefusal, run, sql } from '#platform';
import type { Driver } from '#targets';
import type { DeliveryContext } from '../delivery/work-system.ts';
import { reachTarget } from '../observation/reach-target.ts';
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
import { refuseUnknown } from './refuse-unknown.ts';
import { retiredInUse } from './retired-in-use.ts';
import { usesOfCode } from './uses-of-code.ts';

let database: ConnectorDatabase;
let db: DataSource;
let crm: SimulatedTarget;
let delivery: DeliveryContext;
let history: MapHistory;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());

/** Revision 2 replaces A1.1 by A1.4, splits A1.2 into A1.4 and A1.5, and drops A1.3 without a successor. */
beforeEach(async () => {
  await emptyDatabase(db);
  crm = new SimulatedTarget();
  delivery = deliveryTo(db, { crm });
  await registerTargets(db, ['crm'], 'map');
  history = new MapHistory('map');
  await takeIn(db, history.publish(mapOf(['1 A1 a', '2 A1.1 b', '3 A1.2 c', '4 A1.3 d'])));
  await deliverAll(delivery);
  const links = [link(2, 5), link(3, 5), link(3, 6)];
  await takeIn(db, history.publish(mapOf(['1 A1 a', '5 A1.4 e', '6 A1.5 f']), undefined, links));
  await deliverAll(delivery);
});

const link = (from: number, to: number) => ({
  predecessor: conceptNumber(from),
  successor: conceptNumber(to),
});
const idOf = (n: number): string => crm.withKey(conceptNumber(n))[0]?.id ?? 'nowhere';
const target = async () => {
  const reached = await reachTarget(db, delivery.drivers, 'crm');
  if (isRefusal(reached)) throw new Error(reached.code);
  return { id: 'crm', ...reached };
};
const signal = () => AbortSignal.timeout(5_000);
const summary = async (page: { after?: string; limit?: number } = {}) => {
  const answer = await retiredInUse(db, await target(), { limit: 100, ...page }, signal());
  if (isRefusal(answer)) throw new Error(answer.code);
  return answer;
};
const uses = async (code: string, page: { after?: string; limit?: number } = {}) =>
  usesOfCode(db, await target(), code, { limit: 100, ...page }, signal());

it('names the retired codes that are in use still, with what takes their places and its record', async () => {
  crm.uses.set(idOf(2), 3).set(idOf(3), 1).set(idOf(5), 9);
  const { records, ...rest } = await summary();
  expect(rest).toEqual({
    target: 'crm',
    scheme: 'map',
    isKnown: true,
    reason: null,
    asked: 3,
    next: null,
  });
  expect(records).toMatchObject([
    {
      code: 'A1.1',
      recordCode: expect.stringContaining('cessata') as string,
      title: 'b',
      uses: 3,
      replacement: {
        is: 'one',
        successors: [{ conceptId: conceptNumber(5), code: 'A1.4', title: 'e', externalId: idOf(5) }],
        advice: { it: 'Usare A1.4.' },
      },
    },
    {
      code: 'A1.2',
      uses: 1,
      replacement: { is: 'choice', successors: [{ code: 'A1.4' }, { code: 'A1.5' }] },
    },
  ]);
});

it('comes in pages of records that are asked about, each once', async () => {
  for (const n of [2, 3, 4]) crm.uses.set(idOf(n), n);
  const first = await summary({ limit: 2 });
  const second = await summary({ limit: 2, after: first.next ?? '' });
  expect([...first.records, ...second.records].map(({ code }) => code)).toEqual(['A1.1', 'A1.2', 'A1.3']);
  expect([first.asked, second.asked, second.next]).toEqual([2, 1, null]);
  expect(second.records[0]?.replacement).toMatchObject({ is: 'none', successors: [] });
  const nowhere = await retiredInUse(db, await target(), { limit: 1, after: 'nowhere' }, signal());
  expect(isRefusal(nowhere) && nowhere.code).toBe('page-unknown');
});

it('lists what is to be tagged with something else, page by page', async () => {
  crm.uses.set(idOf(3), 3).set(idOf(2), 1);
  const first = await uses('A1.2', { limit: 2 });
  expect(first).toMatchObject({ code: 'A1.2', isKnown: true, records: [{ replacement: { is: 'choice' } }] });
  expect(first.uses).toMatchObject([{ externalId: idOf(3), link: null }, { externalId: idOf(3) }]);
  const second = await uses('A1.2', { limit: 2, after: first.next ?? '' });
  expect([second.uses.length, second.next]).toEqual([1, null]);
  expect(new Set([...first.uses, ...second.uses].map(({ id }) => id)).size).toBe(3);
});

it('lists nothing of a code that is in use in the map, and finds a reused one by its old meaning', async () => {
  crm.uses.set(idOf(5), 1).set(idOf(2), 2);
  expect(await uses('A1.4')).toMatchObject({ isKnown: true, records: [], uses: [] });
  await takeIn(db, history.publish(mapOf(['1 A1 a', '5 A1.4 e', '6 A1.5 f', '7 A1.1 g'])));
  await deliverAll(delivery);
  crm.uses.set(idOf(7), 5);
  expect(await uses('A1.1')).toMatchObject({
    records: [{ conceptId: conceptNumber(2), code: 'A1.1' }],
    uses: [{ externalId: idOf(2) }, { externalId: idOf(2) }],
  });
});

it('follows successors that were retired or renumbered later', async () => {
  crm.uses.set(idOf(2), 1);
  const links = [link(5, 8)];
  await takeIn(db, history.publish(mapOf(['1 A1 a', '6 A1.5 f', '8 A1.8 h']), undefined, links));
  await takeIn(db, history.publish(mapOf(['1 A1 a', '6 A1.5 f', '8 A1.9 h'])));
  expect((await uses('A1.1')).records[0]?.replacement).toMatchObject({
    is: 'one',
    // The target does not hold it yet.
    successors: [{ code: 'A1.9', externalId: null }],
  });
  await deliverAll(delivery);
  expect((await uses('A1.1')).records[0]?.replacement.successors[0]?.externalId).toBe(idOf(8));
});

it('says nothing of successors while they are not fetched', async () => {
  crm.uses.set(idOf(2), 1);
  await run(db, sql`update revision set knows_successions = false where number = 2`);
  expect((await summary()).records[0]?.replacement).toMatchObject({ is: 'not-known', successors: [] });
});

it('refuses a map that nobody knows and codes that it never had, all of them', async () => {
  expect(await refuseUnknown(db, 'map', ['A1', 'A1.1'])).toBeNull();
  expect(await refuseUnknown(db, 'map', ['QQ', 'A1', 'A1.9'])).toMatchObject({
    status: 404,
    problems: [{ code: 'A1.9' }, { code: 'QQ' }],
  });
  expect(await refuseUnknown(db, 'mapp', ['A1'])).toMatchObject({ code: 'scheme-unknown', status: 404 });
});

it('knows that nothing is used only where the target answers', async () => {
  crm.isAway = true;
  await run(db, sql`delete from link where state <> 'current'`);
  expect(await summary()).toMatchObject({ isKnown: false, reason: 'the server is away' });
  expect(await uses('A1.4')).toMatchObject({ isKnown: false, reason: 'the server is away' });
});

it('says in words why a target does not tell', async () => {
  crm.isAway = true;
  expect(await summary()).toMatchObject({ isKnown: false, reason: 'the server is away', records: [] });
  expect(await uses('A1.1')).toMatchObject({ isKnown: false, reason: 'the server is away', uses: [] });
  Reflect.set(crm, 'countUses', undefined satisfies Driver['countUses']);
  Reflect.set(crm, 'listUses', undefined satisfies Driver['listUses']);
  expect(await summary()).toMatchObject({ reason: 'the protocol simulated cannot count uses' });
  expect(await uses('A1.1')).toMatchObject({
    isKnown: false,
    reason: 'the protocol simulated cannot list what uses a record',
    records: [{ code: 'A1.1' }],
  });
});

it('leaves a target that does not answer in time', async () => {
  crm.listUses = async (_ids, _page, aborted) => {
    if (!aborted.aborted) await once(aborted, 'abort');
    return new SimulatedTarget().listUses([], { after: null, limit: 1 }, aborted);
  };
  const answer = await usesOfCode(db, await target(), 'A1.1', { limit: 1 }, AbortSignal.timeout(50));
  expect(answer).toMatchObject({ isKnown: false, reason: 'it did not answer in time' });
});
