import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run, sql } from '#platform';
import { retry } from '../operations/act.ts';
import { skip } from '../operations/skip.ts';
import { readStuck } from '../operations/stuck-list.ts';
import { readTargetStatus } from '../operations/target-status.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  endPauses,
  registerTargets,
  takeIn,
} from '../testing/delivery-harness.ts';
import { MapHistory, mapOf, officialLikeMap } from '../testing/map-history.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';

let database: ConnectorDatabase;
beforeAll(async () => {
  database = await connectorDatabase();
});
afterAll(() => database.close());

/** The target fails on it, and on all that is sent with it, without saying why. */
const poison = 'A1.2';

it('of 449 entries, one on which the target chokes leaves all applied but itself and what stands below it', async () => {
  const { db } = database;
  const target = new SimulatedTarget();
  target.interfere = (steps) => (steps.some(({ content }) => content.code === poison) ? 'fail' : null);
  await registerTargets(db, ['map'], 'map');
  await takeIn(db, new MapHistory('map').publish(mapOf(officialLikeMap())));
  // Only a target that fails again and again is searched for a bad record.
  for (let turn = 1; turn <= 4; turn++) {
    await deliverAll(deliveryTo(db, { map: target }, { pausesMs: [60_000] }));
    await endPauses(db);
  }
  const waiting = officialLikeMap().flatMap((line) => {
    const code = line.split(' ')[1] ?? '';
    return code.startsWith(`${poison}.`) ? [code] : [];
  });
  const stuck = (await readStuck(db, 'map', { limit: 500 })).items;
  expect(stuck.filter((item) => item.class === 'rejected').map(({ code }) => code)).toEqual([poison]);
  expect(
    stuck
      .filter((item) => item.class === 'waits')
      .map(({ code }) => code)
      .sort(),
  ).toEqual(waiting.sort());
  expect(waiting).toHaveLength(9);
  const [status] = await readTargetStatus(db);
  expect(status).toMatchObject({ state: 'stuck', applied: 1, items: 449 - 10, total: 449 });
  expect(target.active()).toHaveLength(449 - 10);
});

it.each([
  ['whose records are written one by one, is found when all others were taken', 1, []],
  ['is found where a revision changes nothing else', 200, [`1 ${poison} b`]],
] as const)(
  'a record on which a target chokes %s, and keeps no later revision waiting',
  async (_, batchSize, change) => {
    const { db } = database;
    await emptyDatabase(db);
    const history = new MapHistory('map');
    const target = new SimulatedTarget();
    target.capabilities = { ...target.capabilities, batchSize };
    let chokesOn = change.length === 0 ? 'a' : 'b';
    target.interfere = (steps) =>
      steps.some(({ content: { code, title } }) => code === poison && title === chokesOn) ? 'fail' : null;
    await registerTargets(db, ['map'], 'map');
    const map = [`1 ${poison} a`, '2 A1.3 a'];
    await takeIn(db, history.publish(mapOf(map)));
    const delivery = deliveryTo(db, { map: target }, { pausesMs: [60_000] });
    await deliverAll(delivery);
    if (change.length > 0) await takeIn(db, history.publish(mapOf([...change, '2 A1.3 a'])));
    for (let turn = 1; turn <= 3; turn++) {
      await endPauses(db);
      await deliverAll(delivery);
    }
    const [item] = (await readStuck(db, 'map', { limit: 5 })).items;
    expect(item).toMatchObject({ code: poison, class: 'rejected' });
    chokesOn = 'c';
    await takeIn(db, history.publish(mapOf([`1 ${poison} c`, '2 A1.3 NEW'])));
    await deliverAll(delivery);
    expect(target.active().map(({ content: { title } }) => title)).toContain('NEW');
    const [status] = await readTargetStatus(db);
    expect(status).toMatchObject({ state: 'stuck', applied: history.revisions.length, stuck: 1 });
  },
);

it.each([1, 200])(
  'a target that takes nothing any more, %i at a time, is not searched for long',
  async (batchSize) => {
    const { db } = database;
    await emptyDatabase(db);
    const history = new MapHistory('map');
    const target = new SimulatedTarget();
    target.capabilities = { ...target.capabilities, batchSize };
    await registerTargets(db, ['map'], 'map');
    await takeIn(db, history.publish(mapOf(['1 A1 a', '2 A2 a', '3 A3 a'])));
    const delivery = deliveryTo(db, { map: target }, { pausesMs: [60_000] });
    await deliverAll(delivery);
    target.interfere = () => 'fail';
    await takeIn(db, history.publish(mapOf(['1 A1 b', '2 A2 b', '3 A3 b'])));
    for (let turn = 1; turn <= 4; turn++) {
      target.calls.length = 0;
      await deliverAll(delivery);
      await endPauses(db);
      expect(target.calls.length).toBeLessThanOrEqual(3);
    }
    const [status] = await readTargetStatus(db);
    expect(status).toMatchObject({ state: 'unreachable', applied: 1, stuck: 0 });
  },
);

describe('a record on which a target is known to choke', () => {
  const pausesMs = [60_000];
  const map = (titles: string, poisonTitle = 'x'): string[] => [
    `1 A1 ${titles}`,
    `2 A1.1 ${titles}`,
    `3 ${poison} ${poisonTitle}`,
    `4 A1.2.1 ${titles}`,
  ];

  /** A target of a system with nobody else that holds all but the poison, and what stands below it. */
  async function poisoned() {
    const { db } = database;
    await emptyDatabase(db);
    const history = new MapHistory('map');
    const target = new SimulatedTarget();
    let isDown = false;
    target.interfere = (steps) =>
      isDown || steps.some(({ content }) => content.code === poison) ? 'fail' : null;
    const delivery = deliveryTo(db, { map: target }, { pausesMs });
    const publish = (...lines: string[]): Promise<void> => takeIn(db, history.publish(mapOf(lines)));
    await registerTargets(db, ['map'], 'map');
    await publish(...map('a'));
    for (let turn = 1; turn <= 3; turn++) {
      await deliverAll(delivery);
      await endPauses(db);
    }
    await deliverAll(delivery);
    target.calls.length = 0;
    return {
      db,
      target,
      publish,
      deliver: () => deliverAll(delivery),
      titles: (): string[] => target.active().map(({ content: { code, title } }) => `${code} ${title}`),
      rests: async () =>
        (await run<object>(db, sql`select trouble, failures, retry_at as "retryAt" from target`))[0],
      status: async () => (await readTargetStatus(db))[0],
      goDown: (probeToo: boolean): void => {
        isDown = true;
        target.isAway = probeToo;
      },
    };
  }
  const atRest = { trouble: null, failures: 0, retryAt: null };

  it.each(['fail', 'lose-all'] as const)(
    'is tried again alone, and the target goes on without a rest, with the record stuck for its next pause (%s)',
    async (how) => {
      const { db, target, deliver, publish, rests, status, titles } = await poisoned();
      target.interfere = (steps) => (steps.some(({ content }) => content.code === poison) ? how : null);
      expect(await status()).toMatchObject({ state: 'stuck', applied: 1, stuck: 2 });
      await retry(db, 'map', null);
      await deliver();
      expect(target.calls.map((steps) => steps.map(({ content }) => content.code))).toEqual([[poison]]);
      expect(await rests()).toEqual(atRest);
      expect(await status()).toMatchObject({ state: 'stuck', applied: 1 });
      const [stuck] = (await readStuck(db, 'map', { limit: 5 })).items;
      expect(stuck).toMatchObject({ code: poison, class: 'rejected', attempts: 2 });
      expect(Date.parse(stuck?.nextAttempt ?? '')).toBeGreaterThan(Date.now() + 30_000);

      await publish(...map('NEW'));
      await deliver();
      expect(await status()).toMatchObject({ state: 'stuck', applied: 2, stuck: 2 });
      expect(titles()).toEqual(['A1 NEW', 'A1.1 NEW']);
    },
  );

  it('keeps nothing of a revision waiting that says something else of it, or that comes when it is due', async () => {
    const { db, target, deliver, publish, rests, status, titles } = await poisoned();
    await publish(...map('NEW', 'X'));
    await deliver();
    expect(titles()).toEqual(['A1 NEW', 'A1.1 NEW']);
    expect(target.calls.map((steps) => steps.map(({ content }) => content.code))).toEqual([
      ['A1', 'A1.1'],
      [poison],
    ]);
    await publish(...map('LATER', 'X'));
    await retry(db, 'map', null);
    await deliver();
    expect(titles()).toEqual(['A1 LATER', 'A1.1 LATER']);
    expect(await status()).toMatchObject({ state: 'stuck', applied: 3, stuck: 2 });
    expect(await rests()).toEqual(atRest);
  });

  it('is made, with what stands below it, once the target takes it', async () => {
    const { db, target, deliver, status } = await poisoned();
    target.interfere = () => null;
    await retry(db, 'map', null);
    await deliver();
    expect(await status()).toMatchObject({ state: 'in-step', items: 4 });
  });

  it.each([
    ['that does not answer', true, map('a', 'X'), [[poison]]],
    ['that answers, and takes nothing else either', false, map('NEW', 'X'), [['A1', 'A1.1']]],
  ])('does not hide the trouble of a target %s', async (_, probeToo, next, sent) => {
    const { target, publish, deliver, goDown, rests, status } = await poisoned();
    target.beforeWrite = async () => goDown(probeToo);
    await publish(...next);
    await deliver();
    expect(await rests()).toMatchObject({ trouble: 'failing', failures: 1, retryAt: expect.any(Date) });
    expect(await status()).toMatchObject({ state: 'unreachable', applied: 1 });
    expect(target.calls.map((steps) => steps.map(({ content }) => content.code))).toEqual(sent);
  });

  it('rests a target that goes down with it, after everything else was sent; when it is skipped, the target goes on at once', async () => {
    const { db, target, deliver, publish, rests, status, titles } = await poisoned();
    target.beforeWrite = async () => void (target.isAway = false);
    target.interfere = (steps) => {
      if (!steps.some(({ content }) => content.code === poison)) return null;
      target.isAway = true;
      return 'fail';
    };
    await publish(...map('NEW', 'X'), '5 A3 c', '6 A3.1 d');
    await deliver();
    expect(titles()).toEqual(['A1 NEW', 'A1.1 NEW', 'A3 c', 'A3.1 d']);
    expect(await rests()).toMatchObject({ trouble: 'failing', retryAt: expect.any(Date) });
    target.isAway = false;
    await skip(db.manager, 'map', poison, 'kills it');
    await deliver();
    expect(await rests()).toEqual(atRest);
    expect(await status()).toMatchObject({ state: 'in-step-except', applied: 2 });
  });
});
