import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { drivers, type Driver } from '#targets';
import { testConnection } from './test-connection.ts';

const signal = new AbortController().signal;
const settings = drivers.webhook.settingsSchema.parse({});
const secret = `whsec_${Buffer.from('a secret of twenty-four bytes').toString('base64')}`;

/** @param status what the receiver answers; null: nobody is there */
async function tested(status: number | null) {
  const server = createServer((_, response) => response.writeHead(status ?? 500).end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  const port = typeof bound === 'object' ? bound?.port : 0;
  if (status === null) await once(server.close(), 'close');
  const connection = { address: `http://127.0.0.1:${port}`, user: '', secret, requestTimeoutMs: 2_000 };
  const driver: Driver = drivers.webhook.create({ ...connection, settings });
  const answer = await testConnection(driver, signal);
  await driver.close();
  server.close();
  return answer;
}

it.each([
  [200, { reachable: true, authenticated: true, allowed: true, reason: null }],
  [422, { reachable: true, authenticated: true, allowed: false, reason: 'HTTP 422' }],
  [401, { reachable: true, authenticated: false, allowed: null }],
  [503, { reachable: true, authenticated: null, allowed: null, reason: 'HTTP 503' }],
  [null, { reachable: false, authenticated: null, allowed: null }],
])('a receiver that answers %s', async (status, expected) => {
  expect(await tested(status)).toMatchObject(expected);
});
