import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { isRefusal, run, sql } from '#platform';
import { drivers, type Connection } from '#targets';
import { DriverCabinet } from '../delivery/driver-cabinet.ts';
import { keyFor } from '../delivery/record-key.ts';
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
import { dryRun } from './dry-run.ts';
import { dryRunAnswer, type DryRun } from './schemas.ts';

const id = 'target';
const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const message = z.object({ data: z.record(z.string(), z.unknown()) });
const { signal } = new AbortController();
let database: ConnectorDatabase;
let db: DataSource;
let server: Server;
let hook: string;
let written = 0;
let cabinet: DriverCabinet;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
  server = createServer(({ method, url }, response) => {
    if (method !== 'GET' && !url?.endsWith('token')) written++;
    const answer = { access_token: 't', token_type: 'Bearer', value: [] };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  hook = `http://127.0.0.1:${bound.port}/hook`;
  const open = (_: string, connection: Connection) =>
    drivers.webhook.create({ ...connection, settings: { batchSize: 2 } });
  cabinet = new DriverCabinet(db, open, async () => secret, 1_000);
});
afterAll(async () => {
  await cabinet.close();
  server.close();
  await database.close();
});

/** Holds revision 1; with revision 2 one record goes and three come, one of them below another. */
beforeEach(async () => {
  await emptyDatabase(db);
  written = 0;
  await registerTargets(db, [id], 'map');
  await run(db, sql`update system set address = ${hook}`);
  const history = new MapHistory('map');
  await takeIn(db, history.publish(mapOf(['1 A1 a', '2 A2 b'])));
  await deliverAll(deliveryTo(db, { hook: new SimulatedTarget() }));
  await takeIn(db, history.publish(mapOf(['1 A1 a', '3 A3 c', '4 A3.1 d', '5 A1.1 è']), '2999-01-01'));
});

async function page(after: number, limit: number): Promise<DryRun> {
  const found = await dryRun(db, cabinet, id, { revision: 2, after, limit }, signal);
  if (isRefusal(found)) throw new Error((found.detail ?? found.title).english);
  return dryRunAnswer.strict().parse(found);
}

it('shows each request as the driver makes it, in pages, and sends none', async () => {
  const before = await run(db, sql`select * from link order by concept_id`);
  const all = await page(0, 20);
  expect(all).toMatchObject({ target: id, applied: 1, revision: 2, next: null });
  const requests = all.batches.flatMap((batch) => batch.requests);
  expect(requests.map(({ method, path, isWhole }) => `${method} ${path} ${isWhole}`)).toEqual(
    Array.from({ length: 4 }, () => 'POST /hook true'),
  );
  const said = requests.map(({ body }) => message.parse(JSON.parse(body ?? '')).data);
  expect(said).toContainEqual(expect.objectContaining({ code: 'A1.1', title: 'è' }));
  const key = keyFor({ conceptId: conceptNumber(3), generation: 1 });
  expect(said).toContainEqual(expect.objectContaining({ code: 'A3.1', parent: key }));
  expect(said).toContainEqual(
    expect.objectContaining({ code: expect.stringContaining('A2'), active: false }),
  );

  const paged: DryRun['batches'] = [];
  for (let after: number | null = 0; after !== null;) {
    const { batches, next }: DryRun = await page(after, 1);
    expect(batches).toHaveLength(1);
    paged.push(...batches);
    after = next;
  }
  expect(paged.map(({ codes }) => codes)).toEqual(all.batches.map(({ codes }) => codes));
  expect(written).toBe(0);
  expect(await run(db, sql`select * from link order by concept_id`)).toEqual(before);
});

it('shows a deletion as what ends the record, and then as the request that deletes it', async () => {
  await run(db, sql`update profile set policies = '{"retire": "delete"}'`);
  const deleting = new DriverCabinet(
    db,
    (_, connection) => drivers.odata.create({ ...connection, settings: { refusesUsed: true } }),
    async () => secret,
    1_000,
  );
  const found = await dryRun(db, deleting, id, { revision: 2, after: 0, limit: 20 }, signal);
  await deleting.close();
  if (isRefusal(found)) throw new Error((found.detail ?? found.title).english);
  const [a2] = await run<{ id: string }>(db, sql`select external_id as id from link where code = 'A2'`);
  const ofA2 = found.batches.flatMap(({ codes, requests }) => (codes.includes('A2') ? requests : []));
  expect(ofA2.map(({ method, path, body }) => `${method} ${path} ${body ?? ''}`)).toEqual([
    expect.stringContaining('"mappa_validto":"2998-12-31"'),
    expect.stringMatching(new RegExp(`^DELETE .*\\(${a2?.id}\\) $`)),
  ]);
  expect(written).toBe(0);
});

it('says nothing of a target that is only observed, or a revision that nobody knows', async () => {
  const ask = { after: 0, limit: 1 };
  expect(await dryRun(db, cabinet, id, { ...ask, revision: 9 }, signal)).toMatchObject({
    code: 'revision-unknown',
  });
  await run(db, sql`update target set mode = 'observe'`);
  expect(await dryRun(db, cabinet, id, { ...ask, revision: 2 }, signal)).toMatchObject({
    code: 'only-observed',
  });
});
