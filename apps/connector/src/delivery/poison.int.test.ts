import { afterAll, beforeAll, expect, it } from 'vitest';
import { readStuck } from '../operations/stuck-list.ts';
import { readTargetStatus } from '../operations/target-status.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import { deliverAll, deliveryTo, endPauses, registerTargets, takeIn } from '../testing/delivery-harness.ts';
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
