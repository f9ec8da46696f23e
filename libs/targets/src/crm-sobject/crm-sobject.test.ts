import { afterEach, expect, test } from 'vitest';
import { creation, update } from '../conformance/sample.ts';
import {
  startScriptedServer,
  type Asked,
  type ScriptedAnswer,
  type ScriptedServer,
} from '../conformance/scripted-server.ts';
import type { Driver } from '../driver.ts';
import { createCrmDriver } from './crm-sobject.ts';

const { signal } = new AbortController();
let server: ScriptedServer;
let driver: Driver;
afterEach(async () => {
  await driver.close();
  await server.close();
});

/** A CRM that gives the tokens t1, t2, …, and answers everything else by the script. */
async function crm(script: (asked: Asked) => ScriptedAnswer): Promise<void> {
  let tokens = 0;
  server = await startScriptedServer((asked) =>
    asked.url.endsWith('/oauth2/token') ? { json: { access_token: `t${++tokens}` } } : script(asked),
  );
  driver = createCrmDriver(server.connection);
}
const expired = {
  status: 401,
  json: [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
};
const saved = { json: [{ success: true, id: 'a01', errors: [] }] };

test('a token that has expired is replaced, and what was asked is asked again', async () => {
  await crm(({ headers }) => (headers.authorization === 'Bearer t1' ? expired : saved));
  expect(await driver.write([creation('A1')], signal)).toEqual([{ is: 'done', externalId: 'a01' }]);
  expect(await driver.write([creation('A2')], signal)).toEqual([{ is: 'done', externalId: 'a01' }]);
  expect(server.asked.filter(({ url }) => url.endsWith('/token'))).toHaveLength(2);
});

test('a token that is never accepted is replaced only once', async () => {
  await crm(() => expired);
  expect(await driver.write([creation('A1')], signal)).toMatchObject([{ is: 'failing' }]);
  expect(server.asked.filter(({ url }) => url.endsWith('/token'))).toHaveLength(2);
});

test('writes at the same time share one token', async () => {
  await crm(() => saved);
  await Promise.all(['A1', 'A2', 'A3'].map((code) => driver.write([creation(code)], signal)));
  expect(server.asked.filter(({ url }) => url.endsWith('/token'))).toHaveLength(1);
});

test('a creation is an upsert by our key, an update goes by Id, and neither is all or none', async () => {
  await crm(() => saved);
  await driver.write([creation('A1', { key: 'k' }), update(creation('A2'), 'a01')], signal);
  const [upsert, change] = server.asked.filter(({ method }) => method === 'PATCH');
  expect(upsert?.url).toBe('/services/data/v60.0/composite/sobjects/Activity__c/Mappa_Id__c');
  expect(JSON.parse(upsert?.body ?? '')).toMatchObject({
    allOrNone: false,
    records: [{ Mappa_Id__c: 'k', Name: 'A1' }],
  });
  expect(change?.url).toBe('/services/data/v60.0/composite/sobjects');
  expect(JSON.parse(change?.body ?? '')).toMatchObject({
    allOrNone: false,
    records: [{ Id: 'a01', Name: 'A2' }],
  });
});

test.each([
  ['one result for two records', { json: [{ success: true, id: 'a01', errors: [] }] }],
  ['success without an id', { json: [{ success: true }, { success: true }] }],
  ['another thing in JSON', { json: { records: [] } }],
  ['a page with 200', { json: 'Welcome', type: 'text/html' }],
  ['nothing', {}],
])('%s leaves both unknown', async (_, answer) => {
  await crm(() => answer);
  expect(await driver.write([creation('A1'), creation('A2')], signal)).toMatchObject([
    { is: 'unknown' },
    { is: 'unknown' },
  ]);
});

test('words that mean the record or its parent are settled by asking which is there', async () => {
  const missing = {
    success: false,
    errors: [
      { statusCode: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id', fields: [] },
    ],
  };
  await crm(({ method }) =>
    method === 'GET'
      ? { json: { done: true, records: [{ Id: 'a02AAA' }] } }
      : { json: [missing, missing, { success: true, id: 'a03' }] },
  );
  const steps = ['a01AAA', 'a02AAA', 'a03AAA'].map((id) => update(creation('A1'), id));
  expect(await driver.write(steps, signal)).toMatchObject([
    { is: 'gone' },
    { is: 'rejected' },
    { is: 'done' },
  ]);
});

test('when that cannot be asked, what was done stays done', async () => {
  const missing = {
    success: false,
    errors: [{ statusCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] }],
  };
  await crm(({ method }) =>
    method === 'GET' ? { status: 503 } : { json: [missing, { success: true, id: 'a02' }] },
  );
  const steps = ['a01', 'a02'].map((id) => update(creation('A1'), id));
  expect(await driver.write(steps, signal)).toMatchObject([{ is: 'failing' }, { is: 'done' }]);
});

test('a limit of the CRM is not the fault of a record', async () => {
  await crm(() => ({
    status: 403,
    json: [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
  }));
  expect(await driver.write([creation('A1')], signal)).toMatchObject([{ is: 'slow-down' }]);
});

test('a list follows its pages below our address, and one that runs in a circle ends', async () => {
  await crm(({ url }) =>
    url.includes('/query?')
      ? { json: { records: [], nextRecordsUrl: 'https://elsewhere.example/services/data/v60.0/query/next' } }
      : { json: { records: [], nextRecordsUrl: '/services/data/v60.0/query/next' } },
  );
  const read = async (): Promise<void> => {
    for await (const _ of driver.list(signal));
  };
  await expect(read()).rejects.toThrow('circle');
});

test('the probe names the fields that are missing', async () => {
  await crm(() => ({ json: { fields: [{ name: 'Name' }, { name: 'Mappa_Id__c', externalId: true }] } }));
  expect(await driver.probe(signal)).toMatchObject({
    is: 'rejected',
    reason: expect.stringContaining('Title__c') as string,
  });
});

test('records are deleted together, and what is gone counts as deleted; what the CRM keeps is refused in its words', async () => {
  const failed = (statusCode: string) => ({ success: false, errors: [{ statusCode, message: 'its words' }] });
  const results = [
    { success: true, id: 'a01', errors: [] },
    failed('ENTITY_IS_DELETED'),
    failed('INVALID_CROSS_REFERENCE_KEY'),
    failed('DELETE_FAILED'),
  ];
  await crm(({ method }) =>
    method === 'DELETE' ? { json: results } : { json: { records: [{ Id: 'a03' }] } },
  );
  expect(await driver.delete?.(['a01', 'a02', 'a03', 'a04'], signal)).toEqual([
    { is: 'done', externalId: 'a01' },
    { is: 'done', externalId: 'a02' },
    { is: 'rejected', reason: 'INVALID_CROSS_REFERENCE_KEY: its words' },
    { is: 'rejected', reason: 'DELETE_FAILED: its words' },
  ]);
  expect(server.asked.find(({ method }) => method === 'DELETE')?.url).toBe(
    '/services/data/v60.0/composite/sobjects?ids=a01,a02,a03,a04&allOrNone=false',
  );
});
