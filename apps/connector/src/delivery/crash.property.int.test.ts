import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readTargetStatus } from '../operations/target-status.ts';
import { anyDeath, anyMap } from '../testing/any-history.ts';
import { deliverUntilDeath } from '../testing/deliver-until-death.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  registerTargets,
  takeIn,
} from '../testing/delivery-harness.ts';
import { forgetKept } from '../testing/forget-kept.ts';
import { MapHistory } from '../testing/map-history.ts';
import { Mortal } from '../testing/mortal.ts';
import { heldLines, wantedLines } from '../testing/record-lines.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';

let database: ConnectorDatabase;
beforeAll(async () => {
  database = await connectorDatabase();
});
afterAll(() => database.close());

it.each([
  ['follow', 'end-date'],
  ['succeed', 'end-date'],
  ['follow', 'delete'],
  ['succeed', 'delete'],
] as const)(
  'whatever was published between the kills, a target whose records %s, and %s, ends with the last map, and with nothing twice',
  { timeout: 240_000 },
  async (policy, retire) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(anyMap, anyDeath), { minLength: 2, maxLength: 4 }),
        async (stages) => {
          await emptyDatabase(database.db);
          const history = new MapHistory('map');
          const target = new SimulatedTarget();
          target.capabilities = { ...target.capabilities, batchSize: 2 };
          await registerTargets(database.db, ['map'], 'map', 'show', {
            renumbered: policy,
            reused: policy,
            redefined: policy,
            retire,
          });
          for (const [map, { moment, after }] of stages) {
            await takeIn(database.db, history.publish(map));
            await deliverUntilDeath(database, { map: target }, new Mortal(moment, after));
          }
          await deliverAll(deliveryTo(database.db, { map: target }));
          const last = stages.at(-1)?.[0] ?? new Map();
          expect(heldLines(target)).toEqual(wantedLines(last));
          // A record that another succeeded stays, and so does what it stands below.
          const kept = await forgetKept(database.db);
          if (policy === 'follow' || retire === 'end-date') expect(kept).toEqual([]);
          expect(await readTargetStatus(database.db)).toMatchObject([{ state: 'in-step', stuck: 0 }]);
          const keys = [...target.records.values()].map(({ key }) => key);
          expect(new Set(keys).size).toBe(keys.length);
          expect(target.orphaned).toEqual([]);
          if (policy === 'follow' && retire === 'delete') expect(target.active()).toHaveLength(keys.length);
        },
      ),
      { numRuns: 40, endOnFailure: true },
    );
  },
);
