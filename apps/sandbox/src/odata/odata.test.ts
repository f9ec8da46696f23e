import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { controlOf } from '../testing/control.ts';
import { startSandbox, type RunningSandbox } from '../testing/start-sandbox.ts';

let sandbox: RunningSandbox;
let authorization: string;
beforeAll(async () => {
  sandbox = await startSandbox();
  authorization = `Bearer ${await token()}`;
});
afterAll(() => sandbox.stop());

async function token(secret = 'mappa-odata-secret'): Promise<string | undefined> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'mappa',
    client_secret: secret,
    scope: 'https://crm.example/.default',
  });
  const response = await fetch(`${sandbox.url}/odata/oauth2/v2.0/token`, { method: 'POST', body });
  return z.object({ access_token: z.string().optional() }).parse(await response.json()).access_token;
}
const service = (): string => `${sandbox.url}/odata/api/data/v9.2`;
const refusal = z.object({ error: z.object({ code: z.string() }) });

async function ask(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${service()}/${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json', ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  const json: unknown = text ? JSON.parse(text) : null;
  return { status: response.status, json, headers: response.headers };
}
const byKey = (key: string): string => `mappa_activities(mappa_key='${key}')`;
const codes = async () => (await controlOf(sandbox.url).records('odata')).map(({ code }) => code);

test('nobody gets in without a token, and nobody gets a token with a wrong secret', async () => {
  expect((await fetch(`${service()}/mappa_activities`)).status).toBe(401);
  expect(await token('wrong')).toBeUndefined();
});

test('PATCH by an alternate key makes the record once, and tells its id', async () => {
  const first = await ask('PATCH', byKey('k1'), { mappa_code: 'A1' });
  expect(first).toMatchObject({ status: 204, json: null });
  const entityId = first.headers.get('odata-entityid');
  const again = await ask('PATCH', byKey('k1'), { mappa_code: 'A1', mappa_title: 'Uno' });
  expect(again.headers.get('odata-entityid')).toBe(entityId);
  expect(await codes()).toEqual(['A1']);
});

test('If-Match never creates, If-None-Match never updates, an old version changes nothing', async () => {
  await ask('PATCH', byKey('k2'), { mappa_code: 'A2' });
  expect(await ask('PATCH', byKey('none'), {}, { 'if-match': '*' })).toMatchObject({ status: 404 });
  expect(await ask('PATCH', byKey('k2'), {}, { 'if-none-match': '*' })).toMatchObject({ status: 412 });
  expect(await ask('PATCH', byKey('k2'), {}, { 'if-match': 'W/"99"' })).toMatchObject({ status: 412 });
  expect(await ask('PATCH', byKey('k2'), {}, { 'if-match': 'W/"1"' })).toMatchObject({ status: 204 });
});

test.each([
  ['a code that another record has', { mappa_code: 'A2' }, 412, '0x80060892'],
  [
    'a parent that is not there',
    { 'mappa_Parent@odata.bind': `/mappa_activities(${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)})` },
    404,
    '0x80040217',
  ],
  ['an unknown property', { nonsense: 1 }, 400, '0x80060888'],
  ['a title that is too long', { mappa_title: 'x'.repeat(4001) }, 400, '0x80044331'],
  ['the alternate key in the body too', { mappa_key: 'k9' }, 400, '0x80048d19'],
])('%s is refused', async (_, body, status, code) => {
  const answer = await ask('PATCH', byKey('k9'), body);
  expect([answer.status, refusal.parse(answer.json).error.code]).toEqual([status, code]);
});

test('no record is found by an alternate key with a colon, as in Dataverse', async () => {
  expect(await ask('PATCH', byKey('k%3A2'), {})).toMatchObject({ status: 400 });
});

async function batch(
  changes: readonly [key: string, code: string][],
  prefer = '',
): Promise<[number, string]> {
  const parts = changes.map(
    ([key, code], i) =>
      `--c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: ${i + 1}\r\n\r\n` +
      `PATCH /odata/api/data/v9.2/${byKey(key)} HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{"mappa_code":"${code}"}\r\n`,
  );
  const body = `--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n${parts.join('')}--c--\r\n--b--\r\n`;
  const headers = { authorization, 'content-type': 'multipart/mixed; boundary=b', prefer };
  const response = await fetch(`${service()}/$batch`, { method: 'POST', headers, body });
  return [response.status, await response.text()];
}

test('a change set is stored as a whole or not at all, and says in its status that it was not unless told to go on', async () => {
  const [status, text] = await batch([
    ['k3', 'A3'],
    ['k4', 'A4'],
  ]);
  expect([status, text.match(/HTTP\/1.1 204/g)?.length]).toEqual([200, 2]);
  const bad: [string, string][] = [
    ['k5', 'A5'],
    ['k6', 'A3'],
  ];
  expect((await batch(bad))[0]).toBe(412);
  const [goneOn, answer] = await batch(bad, 'odata.continue-on-error');
  expect([goneOn, answer.match(/HTTP\/1.1 412/g)?.length]).toEqual([200, 1]);
  expect(await codes()).not.toContain('A5');
});

test('a list has pages with a link to the next one, and only what was selected', async () => {
  const page = z.object({
    value: z.array(z.record(z.string(), z.unknown())),
    '@odata.nextLink': z.string().optional(),
  });
  const headers = { prefer: 'odata.maxpagesize=2' };
  const seen: unknown[] = [];
  let path: string | undefined = 'mappa_activities?$select=mappa_code';
  while (path) {
    const { value, '@odata.nextLink': next } = page.parse((await ask('GET', path, undefined, headers)).json);
    expect(value.length).toBeLessThanOrEqual(2);
    expect(Object.keys(value[0] ?? {})).toEqual(['@odata.etag', 'mappa_code']);
    seen.push(...value.map((row) => row['mappa_code']));
    path = next?.slice(service().length + 1);
  }
  expect(seen).toEqual(await codes());
});

test('cases are counted by what they are tagged with, and listed in pages', async () => {
  const made = await ask('PATCH', byKey('used'), { mappa_code: 'U1' }, { prefer: 'return=representation' });
  const { mappa_activityid: id } = z.object({ mappa_activityid: z.string() }).parse(made.json);
  const tag = { 'mappa_Activity@odata.bind': `/mappa_activities(${id})` };
  for (const title of ['Uno', 'Due', 'Tre'])
    expect((await ask('POST', 'incidents', { title, ...tag })).status).toBe(204);
  await ask('POST', 'incidents', { title: 'Altro' });
  const filter = `_mappa_activity_value eq ${id} or _mappa_activity_value eq 00000000-0000-4000-8000-000000000000`;
  const apply = `filter(${filter})/groupby((_mappa_activity_value),aggregate($count as n))`;
  expect((await ask('GET', `incidents?$apply=${encodeURIComponent(apply)}`)).json).toEqual({
    value: [{ _mappa_activity_value: id, n: 3 }],
  });
  const page = z.object({
    value: z.array(z.object({ title: z.string() })),
    '@odata.nextLink': z.string().optional(),
  });
  const asked = `incidents?$select=title&$filter=${encodeURIComponent(filter)}`;
  const prefer = { prefer: 'odata.maxpagesize=2' };
  const first = page.parse((await ask('GET', asked, undefined, prefer)).json);
  const next = first['@odata.nextLink']?.slice(service().length + 1) ?? '';
  const second = page.parse((await ask('GET', next, undefined, prefer)).json);
  expect([...first.value, ...second.value].map(({ title }) => title)).toEqual(['Uno', 'Due', 'Tre']);
  expect(second['@odata.nextLink']).toBeUndefined();
  expect(await ask('GET', 'incidents?$filter=nope%20eq%20null')).toMatchObject({ status: 400 });
  expect(await ask('GET', 'incidents?$skiptoken=nowhere')).toMatchObject({ status: 400 });
});
