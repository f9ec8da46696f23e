import { afterAll, beforeAll, expect, it } from 'vitest';
import { readTargetStatus } from '../operations/target-status.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import { atEveryMoment, deliverUntilDeath } from '../testing/deliver-until-death.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  registerOnOneSystem,
  takeIn,
} from '../testing/delivery-harness.ts';
import { MapHistory, mapOf } from '../testing/map-history.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';

let database: ConnectorDatabase;
beforeAll(async () => {
  database = await connectorDatabase();
});
afterAll(() => database.close());

const ids = ['t1', 't2', 't3'];

function newTargets(): Record<string, SimulatedTarget> {
  const targets = ids.map((id) => [id, new SimulatedTarget()] satisfies [string, SimulatedTarget]);
  for (const [, target] of targets) target.capabilities = { ...target.capabilities, batchSize: 3 };
  return Object.fromEntries(targets);
}

/** Codes are unique there, so that a circle needs one of them parked. */
const before = ['1 A1 a', '2 A1.1 b', '3 A1.2 c', '4 A1.3 d', '5 A2 e'];
const circle = ['1 A1 a', '2 A1.2 b', '3 A1.3 c', '4 A1.1 d', '5 A2 E'];

it(
  'a connector that dies while it fills three targets of a system, and again in a circle of three codes, leaves nothing twice',
  { timeout: 240_000 },
  async () => {
    const moments = await atEveryMoment(async (mortal) => {
      await emptyDatabase(database.db);
      const targets = newTargets();
      const history = new MapHistory('map');
      await registerOnOneSystem(database.db, ids, 'map');
      await takeIn(database.db, history.publish(mapOf(before)));
      await deliverUntilDeath(database, targets, mortal);
      await takeIn(database.db, history.publish(mapOf(circle)));
      if (!mortal.isDead) await deliverUntilDeath(database, targets, mortal);
      await deliverAll(deliveryTo(database.db, targets));
      const inStep = { state: 'in-step', applied: 2, stuck: 0, items: circle.length };
      expect(await readTargetStatus(database.db)).toMatchObject(ids.map((id) => ({ id, ...inStep })));
      for (const target of Object.values(targets)) {
        const held = target.active().map(({ content }) => `${content.code} ${content.title}`);
        expect(held.sort()).toEqual(circle.map((line) => line.slice(2)).sort());
        expect(target.records.size).toBe(circle.length);
      }
    });
    expect(moments).toBeGreaterThan(20);
  },
);
