import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { run, sql } from '#platform';
import type { StoredRecord } from '#targets';
import {
  connectorDatabase,
  type ConnectorDatabase,
} from '../../apps/connector/src/testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  registerTargets,
  takeIn,
} from '../../apps/connector/src/testing/delivery-harness.ts';
import { conceptNumber, MapHistory, mapOf } from '../../apps/connector/src/testing/map-history.ts';
import type { Stage } from '../../libs/targets/src/conformance/stage.ts';
import { startOpenCmis } from '../support/servers/opencmis.ts';
import { startTryton } from '../support/servers/tryton.ts';
import { cmisStage } from './stages/cmis.ts';
import { trytonWorkStage } from './stages/tryton.ts';

const id = 'target';
const { signal } = new AbortController();
/** A server that is installed first, on a machine that does other things. */
const firstStartMs = 600_000;
let database: ConnectorDatabase;
beforeAll(async () => {
  database = await connectorDatabase();
});
afterAll(() => database.close());
beforeEach(() => emptyDatabase(database.db));

const openCmis = async (): Promise<Stage> => {
  const server = await startOpenCmis();
  const { username, password } = server.credentials;
  return cmisStage(server.address, { user: username, secret: password }, () => server.stop());
};

it.each([
  ['Tryton', async () => trytonWorkStage(await startTryton())],
  ['OpenCMIS', openCmis],
] as const)(
  'on %s, what left the map is deleted from below, save what is used, and comes back as a new record',
  { timeout: firstStartMs },
  async (_, start) => {
    const { db } = database;
    const stage = await start();
    const driver = stage.create(stage.connection);
    try {
      const delivery = deliveryTo(db, { [id]: driver });
      const held = async (): Promise<(string | null)[]> => {
        const records: StoredRecord[] = [];
        for await (const page of driver.list(signal)) records.push(...page);
        return records
          .flatMap(({ key, content }) =>
            key === null
              ? []
              : [
                  `${key.replace(/^0+/, '').replace(/-0+-4000-8000-0+/, '')} ${content.active ? 'in use' : 'ended'}`,
                ],
          )
          .toSorted();
      };
      const history = new MapHistory('map');
      const publish = async (...lines: string[]): Promise<void> => {
        await takeIn(db, history.publish(mapOf(lines)));
        await deliverAll(delivery);
      };
      await registerTargets(db, [id], 'map', 'show', { retire: 'delete' });
      await publish('1 A1 Radice', '2 A2 Altra', '3 A2.1 Usata', '4 A2.2 Libera', '5 A2.2.1 Foglia');
      const [used] = await run<{ id: string }>(
        db,
        sql`select external_id as id from link where concept_id = ${conceptNumber(3)}`,
      );
      await stage.occupy?.(used?.id ?? '');
      await publish('1 A1 Radice');
      expect(await held()).toEqual(['1 in use', '2 ended', '3 ended']);
      expect(await run(db, sql`select code, class from stuck order by code`)).toEqual([
        { code: 'A2', class: 'waits' },
        { code: 'A2.1', class: 'rejected' },
      ]);
      await publish('1 A1 Radice', '2 A2 Altra', '4 A2.2 Libera');
      expect(await held()).toEqual(['1 in use', '2 in use', '3 ended', '4:2 in use']);
    } finally {
      await driver.close();
      await stage.stop();
    }
  },
);
