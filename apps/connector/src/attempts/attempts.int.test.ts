import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { run, sql } from '#platform';
import { drivers, type Driver } from '#targets';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  registerTargets,
  takeIn,
} from '../testing/delivery-harness.ts';
import { MapHistory, mapOf } from '../testing/map-history.ts';
import { forgetAttempts } from './forget-attempts.ts';
import { readAttempts } from './read-attempts.ts';

const secret = `whsec_${Buffer.from('a secret of twenty-four bytes').toString('base64')}`;
let database: ConnectorDatabase;
let db: DataSource;
let history: MapHistory;
let server: Server;
let driver: Driver;
/** Status and JSON for a message of a code. */
let answer: (code: string) => readonly [number, unknown];

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const message: { data: { code?: string } } = JSON.parse(Buffer.concat(chunks).toString());
      const { code } = message.data;
      const [status, body] = code === undefined ? [200, {}] : answer(code);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const settings = drivers.webhook.settingsSchema.parse({});
  const connection = { address: `http://127.0.0.1:${port}/in`, user: '', secret, requestTimeoutMs: 2_000 };
  driver = drivers.webhook.create({ ...connection, settings });
});
afterAll(async () => {
  await driver.close();
  server.closeAllConnections();
  server.close();
  await database.close();
});
beforeEach(async () => {
  await emptyDatabase(db);
  history = new MapHistory('map');
  answer = () => [200, {}];
  await registerTargets(db, ['t1'], 'map');
});

const publish = (...lines: string[]): Promise<void> => takeIn(db, history.publish(mapOf(lines)));
const deliver = (): Promise<void> => deliverAll(deliveryTo(db, { t1: driver }, { pausesMs: [60_000] }));
const read = (query: object = {}) => readAttempts(db, 't1', { limit: 50, ...query });

it('what a target refuses is kept with the request and the answer, without the secret; the turn is summed up', async () => {
  answer = (code) =>
    code === 'A1.1' ? [422, { detail: `no, ${secret}, "${code}" \0 is not for us` }] : [200, {}];
  await publish('1 A1 a', '2 A1.1 b', '3 A2 c');
  await deliver();
  const { attempts, next } = await read();
  expect(attempts.map(({ kind, answer }) => [kind, answer])).toEqual([
    ['turn', 'complete'],
    ['record', 'rejected'],
  ]);
  const [turn, record] = attempts;
  expect(turn).toMatchObject({ revision: 1, sent: 3, done: 2, rejected: 1, code: null, request: null });
  expect(record).toMatchObject({ code: 'A1.1', revision: 1, status: 422, sent: 1, rejected: 1 });
  expect(record?.reason).toContain('is not for us');
  expect(record?.request).toMatch(/^POST \/in\n\n\{.*"code":"A1\.1"/);
  expect(record?.response).toContain('no, ***,');
  expect(JSON.stringify(attempts)).not.toContain(secret);
  expect(next).toBeNull();
  expect((await read({ code: 'A1.1' })).attempts).toEqual([record]);
  expect((await read({ code: 'A1' })).attempts).toEqual([]);
});

it('what went well leaves one line for a turn, and a turn with nothing to send leaves none', async () => {
  await publish(...Array.from({ length: 120 }, (_, i) => `${i + 1} A${i + 1} t`));
  await deliver();
  await run(db, sql`update target set resets = resets + 1, applied_revision = 0`);
  await deliver();
  expect((await read()).attempts).toMatchObject([{ kind: 'turn', answer: 'complete', sent: 120, done: 120 }]);
});

it('a target in trouble leaves one line for what was sent together, and the trouble of the turn', async () => {
  await publish('1 A1 a', '2 A2 b', '3 A3 c');
  await deliver();
  answer = () => [503, { detail: 'x'.repeat(50_000) }];
  await publish('1 A1 d', '2 A2 e', '3 A3 f');
  await deliver();
  const { attempts } = await read();
  expect(attempts.length).toBeLessThan(40);
  expect(attempts[0]).toMatchObject({ kind: 'turn', answer: 'failing', revision: 2, done: 0 });
  expect(attempts.some(({ kind, status }) => kind === 'batch' && status === 503)).toBe(true);
  for (const { response } of attempts) expect(Buffer.byteLength(response ?? '')).toBeLessThanOrEqual(4_096);
});

it('of very many refusals in a turn the first fifty are kept; pages go back in time', async () => {
  answer = () => [422, { detail: 'nothing is good enough' }];
  await publish(...Array.from({ length: 120 }, (_, i) => `${i + 1} A${i + 1} t`));
  await deliver();
  const first = await read({ limit: 30 });
  expect(first.attempts[0]).toMatchObject({ kind: 'turn', sent: 120, rejected: 120 });
  const second = await read({ limit: 30, cursor: first.next });
  expect(second.attempts).toHaveLength(21);
  expect(second.next).toBeNull();
  expect(new Set([...first.attempts, ...second.attempts].map(({ id }) => id)).size).toBe(51);
});

it('attempts are forgotten after so many days, some at a time', async () => {
  answer = () => [422, {}];
  await publish('1 A1 a', '2 A2 b', '3 A3 c');
  await deliver();
  await run(db, sql`update attempt set at = now() - interval '31 days' where kind = 'record'`);
  expect(await forgetAttempts(db, 30, 2)).toBe(2);
  expect(await forgetAttempts(db, 30, 2)).toBe(1);
  expect((await read()).attempts).toMatchObject([{ kind: 'turn' }]);
});
