import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run, sql } from '#platform';
import { targetStates } from '../operations/target-states.ts';
import { readTargetStatus } from '../operations/target-status.ts';
import { anyActs, perform, type SomeAct } from '../testing/any-act.ts';
import { anyDeath, anyMap } from '../testing/any-history.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  registerTargets,
  takeIn,
} from '../testing/delivery-harness.ts';
import { deliverUntilDeath } from '../testing/deliver-until-death.ts';
import { forgetKept } from '../testing/forget-kept.ts';
import { MapHistory } from '../testing/map-history.ts';
import { Mortal } from '../testing/mortal.ts';
import { calm, mend } from '../testing/put-right.ts';
import { heldLines, wantedLines } from '../testing/record-lines.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';

/** Of each kind: as many as run in half a minute in all; `DELIVERY_HISTORIES=300` looks further. */
const histories = Number(process.env['DELIVERY_HISTORIES'] ?? 8);

const id = 'map';
let database: ConnectorDatabase;
beforeAll(async () => {
  database = await connectorDatabase();
});
afterAll(() => database.close());

/** A target that says it is in step has nothing that waits to be sent. */
async function expectHonest(): Promise<void> {
  const lies = await run(
    database.db,
    sql`select seen.id from (${targetStates(sql`select * from target`)}) seen
        where seen.state = 'in-step' and seen.attempting is null
          and exists (select from link where target_id = seen.id and unsent)`,
  );
  expect(lies).toEqual([]);
}

it.each([
  ['follow', 'end-date'],
  ['succeed', 'end-date'],
  ['follow', 'delete'],
  ['succeed', 'delete'],
] as const)(
  'whatever people and a target do between maps, requests and kills, one whose records %s, and %s, ends with the last map, and with nothing twice',
  { timeout: 60_000 + histories * 5_000 },
  async (policy, retire) => {
    const stage = fc.record({ map: anyMap, death: anyDeath, acts: anyActs });
    await fc.assert(
      fc.asyncProperty(fc.array(stage, { minLength: 2, maxLength: 4 }), async (stages) => {
        const { db } = database;
        await emptyDatabase(db);
        const history = new MapHistory('map');
        const target = new SimulatedTarget();
        target.capabilities = { ...target.capabilities, batchSize: 2 };
        const policies = { renumbered: policy, reused: policy, redefined: policy, retire };
        await registerTargets(db, [id], 'map', 'show', policies);
        const doAct = async (act: SomeAct): Promise<void> => {
          await perform(db, id, target, act);
          await expectHonest();
        };
        for (const { map, death, acts } of stages) {
          const mortal = new Mortal(death.moment, death.after);
          const toDo = [...acts];
          const underWay: Promise<void>[] = [];
          // What a process was writing when it died holds up whoever acts, until its connections are closed.
          target.beforeWrite = async () => {
            underWay.push(...toDo.splice(0, 1).map(doAct));
            await Promise.race([Promise.all(underWay), mortal.death]);
          };
          await takeIn(db, history.publish(map));
          await deliverUntilDeath(database, { [id]: target }, mortal);
          await Promise.all(underWay);
          for (const act of toDo) await doAct(act);
        }
        target.beforeWrite = async () => undefined;
        const delivery = deliveryTo(db, { [id]: target });
        await calm(db, id, target);
        await deliverAll(delivery);
        await mend(db, id, target, () => deliverAll(delivery));
        expect(heldLines(target)).toEqual(wantedLines(stages.at(-1)?.map ?? new Map()));
        await expectHonest();
        // A record that another succeeded stays, and so does what it stands below.
        const kept = await forgetKept(db);
        if (policy === 'follow' || retire === 'end-date') expect(kept).toEqual([]);
        expect(await readTargetStatus(db)).toMatchObject([{ state: 'in-step', stuck: 0, skipped: 0 }]);
        const keys = [...target.records.values()].map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
        expect(target.orphaned).toEqual([]);
      }),
      { numRuns: histories, endOnFailure: true },
    );
  },
);
