import { afterAll, beforeAll, expect, it } from 'vitest';
import { run, sql } from '#platform';
import { applyTargets } from '../registry/apply-targets.ts';
import { readRegistry } from '../registry/read-registry.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import { deliverAll, deliveryTo, registerTargets, takeIn } from '../testing/delivery-harness.ts';
import { MapHistory, mapOf } from '../testing/map-history.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';
import { statusInEnglish } from '../testing/status-in-english.ts';
import { targetStates } from './target-states.ts';

let database: ConnectorDatabase;
beforeAll(async () => {
  database = await connectorDatabase();
});
afterAll(() => database.close());

it('a target that is compared anew says which revision it holds and what it waits for, not that all lies before it', async () => {
  const { db } = database;
  const delivery = deliveryTo(db, { one: new SimulatedTarget() });
  const status = async () => (await statusInEnglish(db))[0];
  await registerTargets(db, ['one'], 'map');
  const history = new MapHistory('map');
  await takeIn(db, history.publish(mapOf(['1 A1 a', '2 A2 b'])));
  expect(await status()).toMatchObject({ state: 'behind', applied: 0, lagChanges: 2, reason: null });
  await deliverAll(delivery);
  await takeIn(db, history.publish(mapOf(['1 A1 a', '2 A2 B'])));
  await deliverAll(delivery);

  const { unlisted: _, ...registered } = await readRegistry(db);
  for (const retire of ['deactivate', 'end-date'] as const) {
    const profiles = registered.profiles.map((profile) => ({ ...profile, policies: { retire } }));
    await applyTargets(db, { ...registered, profiles });
    expect(await status()).toMatchObject({
      state: 'behind',
      applied: 2,
      desired: 2,
      lagChanges: 0,
      lagSeconds: 0,
      reason: 'all its records are being compared with the map',
    });
  }
  await takeIn(db, history.publish(mapOf(['1 A1 a', '2 A2 c'])));
  expect(await status()).toMatchObject({ state: 'behind', applied: 2, desired: 3, lagChanges: 1 });
  await deliverAll(delivery);
  expect(await status()).toMatchObject({ state: 'in-step', applied: 3, reason: null });
  const isCompared = () =>
    run(db, sql`select is_compared from (${targetStates(sql`select * from target`)}) t`);
  expect(await isCompared()).toEqual([{ is_compared: false }]);
  await run(db, sql`update target set tried_revision = null`);
  expect(await isCompared()).toEqual([{ is_compared: false }]);
});
