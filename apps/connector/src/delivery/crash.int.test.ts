import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readTargetStatus } from '../operations/target-status.ts';
import { atEveryMoment, deliverUntilDeath } from '../testing/deliver-until-death.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  registerTargets,
  takeIn,
} from '../testing/delivery-harness.ts';
import { MapHistory, mapOf } from '../testing/map-history.ts';
import type { Mortal } from '../testing/mortal.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';

let database: ConnectorDatabase;
beforeAll(async () => {
  database = await connectorDatabase();
});
afterAll(() => database.close());
beforeEach(() => emptyDatabase(database.db));

const first = ['1 A1 a', '2 A1.1 b', '3 A1.2 c', '4 A1.3 d', '5 A2 e', '6 A2.1 f'];
/** Two codes change places, one is reused, one entry moves, one ends, one is new. */
const second = ['1 A1 a', '2 A1.2 b', '3 A1.1 c', '7 A1.3 new', '5 A2 E', '4 A2.1 d', '8 A3 g'];
/** Takes some of it back, so that what was sent unseen must be sent again. */
const third = ['1 A1 a', '2 A1.1 b', '3 A1.2 c', '4 A1.3 d', '5 A2 e', '6 A2.1 f'];

/** What happens, with a process that may die in it. */
type Story = (target: SimulatedTarget, mortal: Mortal) => Promise<void>;

function newTarget(): SimulatedTarget {
  const target = new SimulatedTarget();
  target.capabilities = { ...target.capabilities, batchSize: 2 };
  return target;
}

/** Plays a story on an empty database for every moment of death. */
const whenever = (story: Story): Promise<number> =>
  atEveryMoment(async (mortal) => {
    await emptyDatabase(database.db);
    await story(newTarget(), mortal);
  });

async function expectInStep(
  target: SimulatedTarget,
  lines: readonly string[],
  revision: number,
): Promise<void> {
  const [status] = await readTargetStatus(database.db);
  expect(status).toMatchObject({ state: 'in-step', applied: revision, stuck: 0, items: lines.length });
  const held = target.active().map(({ content }) => `${content.code} ${content.title}`);
  expect(held.sort()).toEqual(lines.map((line) => line.slice(line.indexOf(' ') + 1)).sort());
  const keys = [...target.records.values()].map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
}

describe('a connector that is killed', () => {
  it(
    'while it deletes leaves nothing behind, and makes anew what comes back',
    { timeout: 240_000 },
    async () => {
      const moments = await whenever(async (target, mortal) => {
        const history = new MapHistory('map');
        await registerTargets(database.db, ['map'], 'map', 'show', { retire: 'delete' });
        await takeIn(database.db, history.publish(mapOf(['1 A1 a', '2 A1.1 b', '5 A2 e'])));
        await deliverAll(deliveryTo(database.db, { map: target }));
        await takeIn(database.db, history.publish(mapOf(['5 A2 e'])));
        await deliverUntilDeath(database, { map: target }, mortal);
        await takeIn(database.db, history.publish(mapOf(['2 A3 b', '5 A2 e'])));
        await deliverAll(deliveryTo(database.db, { map: target }));
        await expectInStep(target, ['2 A3 b', '5 A2 e'], 3);
        expect(target.active()).toHaveLength(target.records.size);
        expect(target.orphaned).toEqual([]);
      });
      expect(moments).toBeGreaterThan(20);
    },
  );

  it('while it fills a target leaves no record twice, at whatever moment', { timeout: 120_000 }, async () => {
    const moments = await whenever(async (target, mortal) => {
      await registerTargets(database.db, ['map'], 'map');
      await takeIn(database.db, new MapHistory('map').publish(mapOf(first)));
      await deliverUntilDeath(database, { map: target }, mortal);
      await deliverAll(deliveryTo(database.db, { map: target }));
      await expectInStep(target, first, 1);
    });
    expect(moments).toBeGreaterThan(20);
  });

  it('while it delivers a change is followed by one that finishes it', { timeout: 120_000 }, async () => {
    const moments = await whenever(async (target, mortal) => {
      const history = new MapHistory('map');
      await registerTargets(database.db, ['map'], 'map');
      await takeIn(database.db, history.publish(mapOf(first)));
      await deliverAll(deliveryTo(database.db, { map: target }));
      await takeIn(database.db, history.publish(mapOf(second)));
      await deliverUntilDeath(database, { map: target }, mortal);
      await deliverAll(deliveryTo(database.db, { map: target }));
      await expectInStep(target, second, 2);
    });
    expect(moments).toBeGreaterThan(20);
  });

  it(
    'while it fills a target leaves nothing behind that the next revision does not have',
    { timeout: 120_000 },
    async () => {
      const moments = await whenever(async (target, mortal) => {
        const history = new MapHistory('map');
        await registerTargets(database.db, ['map'], 'map');
        await takeIn(database.db, history.publish(mapOf(first)));
        await deliverUntilDeath(database, { map: target }, mortal);
        await takeIn(database.db, history.publish(mapOf(second)));
        await deliverAll(deliveryTo(database.db, { map: target }));
        await expectInStep(target, second, 2);
      });
      expect(moments).toBeGreaterThan(20);
    },
  );

  it(
    'and finds a later revision that takes the change back sends what it cannot know',
    { timeout: 120_000 },
    async () => {
      const moments = await whenever(async (target, mortal) => {
        const history = new MapHistory('map');
        await registerTargets(database.db, ['map'], 'map');
        await takeIn(database.db, history.publish(mapOf(first)));
        await deliverAll(deliveryTo(database.db, { map: target }));
        await takeIn(database.db, history.publish(mapOf(second)));
        await deliverUntilDeath(database, { map: target }, mortal);
        await takeIn(database.db, history.publish(mapOf(third)));
        await deliverAll(deliveryTo(database.db, { map: target }));
        await expectInStep(target, third, 3);
      });
      expect(moments).toBeGreaterThan(20);
    },
  );
});
