import { afterEach, expect, test } from 'vitest';
import { creation, update } from '../conformance/sample.ts';
import {
  startScriptedServer,
  type ScriptedAnswer,
  type ScriptedServer,
} from '../conformance/scripted-server.ts';
import type { Driver } from '../driver.ts';
import { createWebhookDriver } from './webhook.ts';

const { signal } = new AbortController();
const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
let server: ScriptedServer;
let driver: Driver;
afterEach(async () => {
  await driver.close();
  await server.close();
});

/** A receiver that answers its messages by these answers, in turn, and from then on by the last one. */
async function receiver(...answers: ScriptedAnswer[]): Promise<void> {
  let asked = 0;
  server = await startScriptedServer(() => answers[Math.min(asked++, answers.length - 1)] ?? {});
  driver = createWebhookDriver({ ...server.connection, secret });
}
const ids = (): unknown[] => server.asked.map(({ headers }) => headers['webhook-id']);
const ok = { status: 204 };
const down = { status: 503 };

test('a message says the whole record, under our key', async () => {
  await receiver(ok);
  const step = creation('A1.1', {
    key: 'k',
    parent: 'p',
    title: 'Così',
    validTo: '2026-12-31',
    active: false,
  });
  expect(await driver.write([step], signal)).toEqual([{ is: 'done', externalId: 'k' }]);
  const data = {
    id: 'k',
    code: 'A1.1',
    title: 'Così',
    parent: 'p',
    level: 3,
    active: false,
    validTo: '2026-12-31',
  };
  expect(JSON.parse(server.asked[0]?.body ?? '')).toMatchObject({ type: 'mappa.record', data });
});

test('what is sent again after no answer is the same message, byte by byte', async () => {
  await receiver(down, ok);
  const step = creation('A1');
  await driver.write([step], signal);
  await driver.write([{ ...step, mayExist: true }], signal);
  expect(new Set(ids()).size).toBe(1);
  expect(server.asked[1]?.body).toBe(server.asked[0]?.body);
});

test('a record that becomes again what it was is told in a message of its own', async () => {
  await receiver(ok);
  const step = creation('A1', { key: 'k' });
  const there = update(step, 'k', { title: 'Altro' });
  for (const one of [step, there, update(step, 'k')]) await driver.write([one], signal);
  expect(new Set(ids()).size).toBe(3);
});

test('so it is when what came between was not acknowledged', async () => {
  await receiver(down, down, ok);
  const step = creation('A1', { key: 'k' });
  for (const one of [step, update(step, 'k', { title: 'Altro' }), step]) await driver.write([one], signal);
  expect(new Set(ids()).size).toBe(3);
});

test.each([200, 201, 202, 204])('%i acknowledges, whatever stands in the answer', async (status) => {
  await receiver({ status, ...(status === 204 ? {} : { json: 'ok', type: 'text/plain' }) });
  expect(await driver.write([creation('A1')], signal)).toMatchObject([{ is: 'done' }]);
});

test('a page for people with status 200 acknowledges nothing', async () => {
  await receiver({ json: '<html>Accedi</html>', type: 'text/html; charset=utf-8' });
  expect(await driver.write([creation('A1')], signal)).toMatchObject([{ is: 'unknown' }]);
});

test.each([
  [422, 'rejected'],
  [400, 'rejected'],
  [401, 'failing'],
  [404, 'failing'],
  [410, 'failing'],
])('%i makes a record %s', async (status, is) => {
  await receiver({ status, json: { message: 'no' } });
  expect(await driver.write([creation('A1')], signal)).toMatchObject([{ is }]);
});

test('without a secret that is one nothing is sent, and the probe says so', async () => {
  await receiver(ok);
  await driver.close();
  driver = createWebhookDriver({ ...server.connection, secret: 'hunter2' });
  expect(await driver.write([creation('A1')], signal)).toMatchObject([{ is: 'failing' }]);
  expect(await driver.probe(signal)).toMatchObject({
    is: 'failing',
    reason: expect.stringContaining('whsec_'),
  });
  expect(server.asked).toEqual([]);
});
