import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { controlOf } from '../testing/control.ts';
import { startSandbox, type RunningSandbox } from '../testing/start-sandbox.ts';

const reference = new Webhook('whsec_bWFwcGEtc2FuZGJveC1yZWNlaXZlci1zZWNyZXQ=');
const record = {
  id: 'k1',
  code: 'A1',
  title: 'Titolo «perché»',
  parent: null,
  level: 2,
  active: true,
  validTo: null,
};
let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

/** Sends a message as the reference implementation signs it. */
async function send(id: string, data: object, at = new Date(), tamper = ''): Promise<number> {
  const body = JSON.stringify({ type: 'mappa.record', timestamp: at.toISOString(), data });
  const response = await fetch(`${sandbox.url}/webhook/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': `v1,AAAA ${reference.sign(id, at, body)}`,
    },
    body: body + tamper,
  });
  return response.status;
}
const titles = async (): Promise<(string | null)[]> =>
  (await controlOf(sandbox.url).records('webhook')).map(({ title }) => title);

test('a message that the reference implementation signed is stored, one that was changed is not', async () => {
  expect(await send('m1', record)).toBe(204);
  expect(await titles()).toEqual([record.title]);
  expect(await send('m2', { ...record, title: 'Altro' }, new Date(), ' ')).toBe(401);
  expect(await titles()).toEqual([record.title]);
});

test('a message that comes again is dropped, and an old one is not believed', async () => {
  expect(await send('m3', record)).toBe(204);
  expect(await send('m3', { ...record, title: 'Altro' })).toBe(204);
  expect(await send('m4', { ...record, title: 'Altro' }, new Date(Date.now() - 600_000))).toBe(401);
  expect(await titles()).toEqual([record.title]);
});

test('what cannot be understood, and a code that is not wanted, are refused', async () => {
  expect(await send('m5', { id: 'k2' })).toBe(400);
  await controlOf(sandbox.url).setFault('webhook', { refuseCode: 'A2' });
  expect(await send('m6', { ...record, id: 'k2', code: 'A2' })).toBe(422);
  expect(await titles()).toEqual([record.title]);
});

test('the journal tells a message that says nothing new from one that does, whatever its id', async () => {
  await send('j1', { ...record, id: 'j' });
  await send('j1', { ...record, id: 'j' });
  await send('j2', { ...record, id: 'j' });
  await send('j3', { ...record, id: 'j', title: 'Altro' });
  const lines = (await controlOf(sandbox.url).journal('webhook')).filter(({ key }) => key === 'j');
  expect(lines.map(({ what }) => what)).toEqual(['created', 'repeated', 'changed']);
});
