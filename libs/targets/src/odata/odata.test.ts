import { afterEach, expect, test } from 'vitest';
import { creation, update } from '../conformance/sample.ts';
import {
  startScriptedServer,
  type Asked,
  type ScriptedAnswer,
  type ScriptedServer,
} from '../conformance/scripted-server.ts';
import type { Driver } from '../driver.ts';
import { createODataDriver } from './odata.ts';

const { signal } = new AbortController();
let server: ScriptedServer;
let driver: Driver;
afterEach(async () => {
  await driver.close();
  await server.close();
});

async function service(script: (asked: Asked) => ScriptedAnswer, settings = {}): Promise<void> {
  server = await startScriptedServer((asked) =>
    asked.url.endsWith('/token') ? { json: { access_token: 't' } } : script(asked),
  );
  driver = createODataDriver({ ...server.connection, settings });
}
const asked = (method: string): Asked[] =>
  server.asked.filter((one) => one.method === method && !one.url.endsWith('/token'));
const refused = (status: number, code: string): ScriptedAnswer => ({
  status,
  json: { error: { code, message: 'its words' } },
});
const id = '11111111-2222-3333-4444-555555555555';
const stored = { status: 201, json: { mappa_activityid: id } };

test('a creation is an upsert by our key, an update goes by id and never creates', async () => {
  await service(() => stored);
  await driver.write([creation('A1', { key: 'k:2' })], signal);
  await driver.write([update(creation('A2', { key: 'k' }), id, { parent: id, active: false })], signal);
  const [upsert, change] = asked('PATCH');
  expect(upsert?.url).toBe("/api/data/v9.2/mappa_activities(mappa_key='k_2')?$select=mappa_activityid");
  expect(upsert?.headers).not.toHaveProperty('if-match');
  expect(JSON.parse(upsert?.body ?? '')).toEqual({
    mappa_code: 'A1',
    mappa_title: 'Attività A1',
    mappa_level: 2,
    mappa_validto: null,
    statecode: 0,
    statuscode: 1,
    'mappa_Parent@odata.bind': null,
  });
  expect(change?.url).toBe(`/api/data/v9.2/mappa_activities(${id})?$select=mappa_activityid`);
  expect(change?.headers['if-match']).toBe('*');
  expect(JSON.parse(change?.body ?? '')).toMatchObject({
    mappa_key: 'k',
    statecode: 1,
    statuscode: 2,
    'mappa_Parent@odata.bind': `/mappa_activities(${id})`,
  });
});

test.each([
  ['0x80072322', 'number of requests'],
  ['0x80072321', 'time of execution'],
  ['0x80072326', 'requests at the same time'],
])('the limit %s of the service (%s) is the fault of no record', async (code) => {
  await service(() => refused(400, code));
  expect(await driver.write([creation('A1')], signal)).toMatchObject([{ is: 'slow-down' }]);
});

test.each([
  ['a text that is too long', refused(400, '0x80044331'), 'rejected'],
  ['a property that the table does not have', refused(400, '0x80060888'), 'failing'],
  ['a table that is not there', refused(404, '0x8006088a'), 'failing'],
  ['no right', refused(403, '0x80040220'), 'failing'],
])('%s is told apart', async (_, answer, is) => {
  await service(() => answer);
  expect(await driver.write([creation('A1')], signal)).toMatchObject([{ is }]);
});

test.each([
  ['the record is there, so it is its parent that is not', stored, 'rejected'],
  ['the record is not there', refused(404, '0x80040217'), 'gone'],
  ['nobody can say', refused(403, '0x80040220'), 'failing'],
])('an update that misses something is settled by looking: %s', async (_, found, is) => {
  await service(({ method }) => (method === 'GET' ? found : refused(404, '0x80040217')));
  expect(await driver.write([update(creation('A1'), id)], signal)).toMatchObject([{ is }]);
});

test.each([
  ['another record has the code', refused(404, '0x80040217'), 'rejected'],
  ['somebody made our record in this moment', stored, 'failing'],
])('a creation that is a duplicate is settled by looking: %s', async (_, found, is) => {
  await service(({ method }) => (method === 'GET' ? found : refused(412, '0x80060892')));
  expect(await driver.write([creation('A1')], signal)).toMatchObject([{ is }]);
});

test('a batch is one change set, and its refusal is halved until one record stands alone', async () => {
  await service(({ url, body }) => {
    if (!url.endsWith('/$batch')) return body.includes('"A3"') ? refused(400, '0x80044331') : stored;
    const changes = body.split('PATCH ').length - 1;
    const isRefused = body.includes('"A3"');
    const part = `Content-Type: application/http\r\n\r\nHTTP/1.1 ${isRefused ? 400 : 201} X\r\nContent-Type: application/json\r\n\r\n`;
    const answer = part + JSON.stringify((isRefused ? refused(400, '0x80044331') : stored).json);
    const parts = Array.from({ length: isRefused ? 1 : changes }, () => `--i\r\n${answer}\r\n`);
    const inner = `Content-Type: multipart/mixed; boundary=i\r\n\r\n${parts.join('')}--i--`;
    const text = `--o\r\n${isRefused ? answer : inner}\r\n--o--\r\n`;
    return { type: 'multipart/mixed; boundary=o', text };
  });
  const steps = [1, 2, 3, 4].map((n) => creation(`A${n}`));
  const answers = await driver.write(steps, signal);
  expect(answers.map(({ is }) => is)).toEqual(['done', 'done', 'rejected', 'done']);
  expect(asked('POST').map(({ body }) => body.split('PATCH ').length - 1)).toEqual([4, 2, 2]);
});

test.each([
  ['no parts', { json: {} }],
  ['a part too few', { type: 'multipart/mixed; boundary=o', text: '--o\r\n--o--' }],
  [
    'no end',
    {
      type: 'multipart/mixed; boundary=o',
      text: '--o\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 204 X',
    },
  ],
])('an answer to a batch with %s leaves its records unknown', async (_, answer) => {
  await service(() => answer);
  expect(await driver.write([creation('A1'), creation('A2')], signal)).toMatchObject([
    { is: 'unknown' },
    { is: 'unknown' },
  ]);
});

test('a list follows its pages below our address, and one that runs in a circle ends', async () => {
  const link = 'https://elsewhere.example/api/data/v9.2/mappa_activities?$skiptoken=1';
  await service(() => ({ json: { value: [], '@odata.nextLink': link } }));
  const read = async (): Promise<void> => {
    for await (const _ of driver.list(signal));
  };
  await expect(read()).rejects.toThrow('circle');
  expect(asked('GET').map(({ url }) => url.split('?')[1]?.slice(0, 10))).toEqual([
    '$select=ma',
    '$skiptoken',
  ]);
});

test('the probe says what the table lacks', async () => {
  await service(({ url }) => (url.includes('$top=1') ? { json: { value: [] } } : refused(400, '0x80048d19')));
  expect(await driver.probe(signal)).toMatchObject({
    is: 'rejected',
    reason: expect.stringContaining('mappa_key is no alternate key') as string,
  });
});

test('what the table does not store is neither sent nor asked for', async () => {
  await service(({ method }) => (method === 'GET' ? { json: { value: [] } } : stored), {
    fields: { level: null, validTo: null },
  });
  expect(driver.capabilities).toMatchObject({ storesLevel: false, storesValidTo: false });
  await driver.write([creation('A1')], signal);
  for await (const _ of driver.list(signal));
  expect(asked('PATCH')[0]?.body).not.toMatch(/level|validto/);
  expect(asked('GET')[0]?.url).not.toMatch(/level|validto/);
});

test('a token is asked for with the scope of the settings, and another host that gives tokens is under https', async () => {
  await service(() => stored, { scope: 'api://crm/.default' });
  await driver.write([creation('A1')], signal);
  expect(new URLSearchParams(server.asked[0]?.body).get('scope')).toBe('api://crm/.default');
  const settings = { tokenAddress: 'http://login.example/token' };
  expect(() => createODataDriver({ ...server.connection, settings })).toThrow('an https address');
});

test.each([
  [{ status: 204 }, { is: 'done', externalId: id }],
  [refused(404, '0x80040217'), { is: 'done', externalId: id }],
  [refused(410, '0x80040217'), { is: 'done', externalId: id }],
  [refused(400, '0x80047002'), { is: 'rejected', reason: '0x80047002: its words (HTTP 400)' }],
  [refused(403, '0x80040220'), { is: 'rejected', reason: 'its words (HTTP 403)' }],
  [refused(404, '0x8006088a'), { is: 'failing', reason: '0x8006088a: its words (HTTP 404)' }],
  [{ status: 500 }, { is: 'unknown', reason: 'HTTP 500', aboutSystem: true }],
] as const)('a deletion that is answered with %o is %o', async (answer, expected) => {
  await service(() => answer);
  expect(await driver.delete?.([id], signal)).toEqual([expected]);
  expect(asked('DELETE').map(({ url }) => url)).toEqual([`/api/data/v9.2/mappa_activities(${id})`]);
});

test('a service that is set up to keep records in use says so', async () => {
  await service(() => stored);
  expect(driver.capabilities.deletes).toBe('whatever-uses-it');
  expect(
    createODataDriver({ ...server.connection, settings: { refusesUsed: true } }).capabilities.deletes,
  ).toBe('unless-used');
});
