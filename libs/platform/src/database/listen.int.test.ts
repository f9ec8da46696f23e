import { EventEmitter, once } from 'node:events';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.ts';
import { listen } from './listen.ts';

let database: FreshDatabase;
let client: Client;
const stop = new AbortController();

beforeAll(async () => {
  database = await freshDatabase('listen');
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  stop.abort();
  await client.end();
  await database.drop();
});

test('it hears notifications, comes back after a loss, and says that it was away', async () => {
  const heard: (string | undefined)[] = [];
  const ear = new EventEmitter();
  const hearing = async (count: number): Promise<void> => {
    while (heard.length < count) await once(ear, 'heard');
  };
  const onNotify = (payload: string | undefined): void => {
    heard.push(payload);
    ear.emit('heard');
  };
  await listen(database.url, 'changes', onNotify, stop.signal, { applicationName: 'listen-test' });
  await client.query(`select pg_notify('changes', '12')`);
  await hearing(1);
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'listen-test'`,
  );
  await hearing(2);
  await client.query(`select pg_notify('changes', '13')`);
  await hearing(3);
  expect(heard).toEqual(['12', undefined, '13']);
});

test('told to stop before the database was ever reached, it stops', async () => {
  const never = new AbortController();
  const listening = listen('postgres://nobody:x@127.0.0.1:1/none', 'changes', () => undefined, never.signal);
  never.abort();
  await expect(listening).resolves.toBeUndefined();
});
