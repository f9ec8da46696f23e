import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isRefusal, run, sql } from '#platform';
import { readTargetStatus } from '../operations/target-status.ts';
import { anyDeath, anyMap, type SomeMap } from '../testing/any-history.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import { deliverUntilDeath } from '../testing/deliver-until-death.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  endLeases,
  registerTargets,
  takeIn,
} from '../testing/delivery-harness.ts';
import { forgetKept } from '../testing/forget-kept.ts';
import { MapHistory } from '../testing/map-history.ts';
import { Mortal } from '../testing/mortal.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';
import { planByProfile } from './plan-by-profile.ts';

let database: ConnectorDatabase;
beforeAll(async () => {
  database = await connectorDatabase();
});
afterAll(() => database.close());

/** Publishes as the catalog does: with the plan that the connector made before. */
async function publishPlanned(history: MapHistory, map: SomeMap): Promise<void> {
  const { changes, inForce } = history.publish(map);
  const { drivers } = deliveryTo(database.db, { map: new SimulatedTarget() });
  const base = inForce.base?.revision ?? null;
  const answer = await planByProfile(database.db, drivers, { scheme: 'map', base, changes: [...changes] });
  if (isRefusal(answer)) throw new Error(answer.detail?.english);
  await takeIn(database.db, { changes, inForce: { ...inForce, plan: answer.profiles } });
}

it.each([
  ['follow', 'end-date'],
  ['succeed', 'end-date'],
  ['follow', 'delete'],
  ['succeed', 'delete'],
] as const)(
  'whatever is published, also while processes are killed, no target in step whose records %s, and %s, is held',
  { timeout: 240_000 },
  async (policy, retire) => {
    await fc.assert(
      fc.asyncProperty(
        anyMap,
        fc.array(fc.tuple(anyMap, anyDeath), { minLength: 1, maxLength: 3 }),
        async (first, stages) => {
          await emptyDatabase(database.db);
          const history = new MapHistory('map');
          const target = new SimulatedTarget();
          target.capabilities = { ...target.capabilities, batchSize: 2 };
          const policies = { renumbered: policy, reused: policy, redefined: policy, retire };
          await registerTargets(database.db, ['map'], 'map', 'show', policies);
          await publishPlanned(history, first);
          await deliverAll(deliveryTo(database.db, { map: target }));
          for (const [map, { moment, after }] of stages) {
            await publishPlanned(history, map);
            await deliverUntilDeath(database, { map: target }, new Mortal(moment, after));
          }
          // A statement that a killed process had under way may renew its lease after it was ended.
          for (let round = 0; round < 3; round++) {
            await endLeases(database.db);
            await deliverAll(deliveryTo(database.db, { map: target }));
          }
          expect(await run(database.db, sql`select would, approved from hold`)).toEqual([]);
          await forgetKept(database.db);
          expect(await readTargetStatus(database.db)).toMatchObject([{ state: 'in-step' }]);
        },
      ),
      { numRuns: 25, endOnFailure: true },
    );
  },
);
