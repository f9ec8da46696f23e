import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { controlOf } from '../testing/control.ts';
import { crmClient, crmData as data, errorOf } from '../testing/crm-client.ts';
import { startSandbox, type RunningSandbox } from '../testing/start-sandbox.ts';

const result = z.looseObject({
  id: z.string().optional(),
  success: z.boolean(),
  created: z.boolean().optional(),
  errors: z.array(z.object({ statusCode: z.string(), message: z.string(), fields: z.array(z.string()) })),
});
let sandbox: RunningSandbox;
let client: Awaited<ReturnType<typeof crmClient>>;
let control: ReturnType<typeof controlOf>;

const call: typeof client.call = (...given) => client.call(...given);
const query: typeof client.query = (...given) => client.query(...given);
const activity = (Name: string, Mappa_Id__c: string, more: object = {}) => ({
  attributes: { type: 'Activity__c' },
  Name,
  Mappa_Id__c,
  ...more,
});
const upsert = async (records: object[], allOrNone = false) => {
  const path = `${data}/composite/sobjects/Activity__c/Mappa_Id__c`;
  const response = await call('PATCH', path, { allOrNone, records });
  expect(response.status).toBe(200);
  return z.array(result).parse(await response.json());
};
beforeAll(async () => {
  sandbox = await startSandbox();
  control = controlOf(sandbox.url);
  client = await crmClient(sandbox.url);
});
afterEach(() => control.clearFaults());
afterAll(() => sandbox.stop());

describe('signing in', () => {
  test('without a session the answer is INVALID_SESSION_ID', async () => {
    const response = await fetch(`${sandbox.url}${data}/query?q=x`);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual([
      { message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' },
    ]);
  });

  test('a wrong secret gives no token', async () => {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'mappa',
      client_secret: 'x',
    });
    const response = await fetch(`${sandbox.url}/crm/services/oauth2/token`, { method: 'POST', body });
    expect([response.status, await response.json()]).toMatchObject([400, { error: 'invalid_client' }]);
  });
});

describe('upsert by external id', () => {
  test('creates, then updates the same record', async () => {
    const [created] = await upsert([activity('U1', 'u-1', { Title__c: 'Perché sì' })]);
    expect(created).toMatchObject({ success: true, created: true, errors: [] });
    expect(created?.id).toMatch(/^a00[0-9A-Za-z]{15}$/);
    expect(await upsert([activity('U1 bis', 'u-1')])).toMatchObject([{ id: created?.id, created: false }]);
    const { records } = await query(`SELECT Name, Title__c FROM Activity__c WHERE Mappa_Id__c = 'u-1'`);
    expect(records).toMatchObject([{ Name: 'U1 bis', Title__c: 'Perché sì' }]);
  });

  test('stores what is valid and answers the rest with its errors, in order, within a 200', async () => {
    await upsert([activity('P0', 'p-0')]);
    const results = await upsert([
      activity('P1', 'p-1'),
      activity('P0', 'p-2'),
      activity('P3'.padEnd(81, 'x'), 'p-3'),
      activity('P4', 'p-4', { Parent__c: 'a00Mp0000zzzzzz' }),
      activity('P5', 'p-5', { Parent__c: 'nonsense' }),
      activity('P6', 'p-6', { Parent__r: { Mappa_Id__c: 'nobody' } }),
      activity('P7', 'p-1'),
      { attributes: { type: 'Activity__c' }, Mappa_Id__c: 'p-8' },
    ]);
    expect(results.map(({ errors }) => errors[0]?.statusCode ?? 'stored')).toEqual([
      'stored',
      'DUPLICATE_VALUE',
      'STRING_TOO_LONG',
      'INVALID_CROSS_REFERENCE_KEY',
      'MALFORMED_ID',
      'INVALID_FIELD',
      'DUPLICATE_VALUE',
      'REQUIRED_FIELD_MISSING',
    ]);
  });

  test('with allOrNone one error undoes everything', async () => {
    await upsert([activity('N0', 'n-0')]);
    const results = await upsert([activity('N1', 'n-1'), activity('N0', 'n-2')], true);
    expect(results.map(({ errors }) => errors[0]?.statusCode)).toEqual([
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'DUPLICATE_VALUE',
    ]);
    expect(await query(`SELECT Id FROM Activity__c WHERE Mappa_Id__c IN ('n-1', 'n-2')`)).toMatchObject({
      totalSize: 0,
    });
  });

  test('takes at most 200 records', async () => {
    const records = Array.from({ length: 201 }, (_, i) => activity(`M${i}`, `m-${i}`));
    const response = await call('PATCH', `${data}/composite/sobjects/Activity__c/Mappa_Id__c`, { records });
    expect([response.status, await errorOf(response)]).toEqual([400, 'EXCEEDED_ID_LIMIT']);
  });

  test('refuses the whole request for an unknown field, a value of the wrong type, or no JSON', async () => {
    const path = `${data}/composite/sobjects/Activity__c/Mappa_Id__c`;
    const unknown = await call('PATCH', path, { records: [activity('W', 'w', { Nonsense__c: 1 })] });
    expect([unknown.status, await errorOf(unknown)]).toEqual([400, 'INVALID_FIELD']);
    const wrong = await call('PATCH', path, { records: [activity('W', 'w', { Level__c: 'x' })] });
    expect([wrong.status, await errorOf(wrong)]).toEqual([400, 'JSON_PARSER_ERROR']);
    const headers = { authorization: `Bearer ${client.token}`, 'content-type': 'application/json' };
    const malformed = await fetch(sandbox.url + path, { method: 'PATCH', headers, body: '{' });
    expect([malformed.status, await errorOf(malformed)]).toEqual([400, 'JSON_PARSER_ERROR']);
  });
});

describe('by Id', () => {
  test('a collection updates what is there and says what is unknown or deleted', async () => {
    const [kept, gone] = await upsert([activity('I1', 'i-1'), activity('I2', 'i-2')]);
    expect((await call('DELETE', `${data}/sobjects/Activity__c/${gone?.id}`)).status).toBe(204);
    const response = await call('PATCH', `${data}/composite/sobjects`, {
      records: [kept?.id, gone?.id, 'a00Mp0000zzzzzz'].map((id) => ({
        attributes: { type: 'Activity__c' },
        id,
        Active__c: true,
      })),
    });
    const results = z.array(result).parse(await response.json());
    expect(results.map(({ errors }) => errors[0]?.statusCode ?? 'stored')).toEqual([
      'stored',
      'ENTITY_IS_DELETED',
      'INVALID_CROSS_REFERENCE_KEY',
    ]);
  });

  test('one record is read, changed and deleted; then it is not there', async () => {
    const [made] = await upsert([activity('S1', 's-1')]);
    const path = `${data}/sobjects/Activity__c/${made?.id}`;
    expect((await call('PATCH', path, { Title__c: 'Nuovo' })).status).toBe(204);
    expect(await (await call('GET', path)).json()).toMatchObject({
      Name: 'S1',
      Title__c: 'Nuovo',
      Active__c: false,
    });
    expect((await call('DELETE', path)).status).toBe(204);
    const gone = await call('GET', path);
    expect([gone.status, await errorOf(gone)]).toEqual([404, 'ENTITY_IS_DELETED']);
  });
});

describe('queries', () => {
  test('find by IN, LIKE and AND, follow the parent, and keep their order', async () => {
    await upsert([activity('Q1', 'q-1', { Level__c: 2 })]);
    await upsert(
      ['Q1.1', 'Q1.2', 'Q1.3'].map((code) =>
        activity(code, `q-${code}`, { Parent__r: { Mappa_Id__c: 'q-1' }, Level__c: 3 }),
      ),
    );
    const { records } = await query(
      `SELECT Name, Parent__r.Name FROM Activity__c WHERE Name LIKE 'Q1.%' AND Level__c = 3 AND Name IN ('Q1.1','Q1.2') ORDER BY Name DESC LIMIT 5`,
    );
    expect(records).toMatchObject([
      { Name: 'Q1.2', Parent__r: { Name: 'Q1' } },
      { Name: 'Q1.1', Parent__r: { Name: 'Q1' } },
    ]);
  });

  test('come in pages that stay what they were when the query was asked', async () => {
    const codes = Array.from({ length: 450 }, (_, i) => activity(`G${String(i).padStart(3, '0')}`, `g-${i}`));
    for (let i = 0; i < codes.length; i += 200) await upsert(codes.slice(i, i + 200));
    const first = await query(`SELECT Name FROM Activity__c WHERE Name LIKE 'G%' ORDER BY Name`, {
      'sforce-query-options': 'batchSize=200',
    });
    expect(first).toMatchObject({ totalSize: 450, done: false });
    expect(first.records).toHaveLength(200);
    await upsert([activity('G000bis', 'g-new')]);
    const second = await client.page(`/crm${first.nextRecordsUrl}`);
    const third = await client.page(`/crm${second.nextRecordsUrl}`);
    expect(third).toMatchObject({ totalSize: 450, done: true });
    expect(
      new Set([...first.records, ...second.records, ...third.records].map(({ Name }) => Name)).size,
    ).toBe(450);
  });

  test('that cannot be read are answered with the reason', async () => {
    const { ask } = client;
    expect(await errorOf(await ask('SELEC Id'))).toBe('MALFORMED_QUERY');
    expect(await errorOf(await ask('SELECT Nope FROM Activity__c'))).toBe('INVALID_FIELD');
    expect(await errorOf(await ask('SELECT Id FROM Contact'))).toBe('INVALID_TYPE');
    expect(await errorOf(await ask(`SELECT Id FROM Activity__c WHERE Title__c = 'x'`))).toBe('INVALID_FIELD');
    expect(await errorOf(await call('GET', `${data}/query/01gnothing-200`))).toBe('INVALID_QUERY_LOCATOR');
  });

  test('describe names the fields with their lengths', async () => {
    const described = z
      .looseObject({
        fields: z.array(z.looseObject({ name: z.string(), length: z.number(), externalId: z.boolean() })),
      })
      .parse(await (await call('GET', `${data}/sobjects/Activity__c/describe`)).json());
    expect(described.fields.find(({ name }) => name === 'Name')?.length).toBe(80);
    expect(described.fields.filter(({ externalId }) => externalId).map(({ name }) => name)).toEqual([
      'Mappa_Id__c',
    ]);
  });
});

describe('faults', () => {
  test('a refused code is one error among successes', async () => {
    await control.setFault('crm', { refuseCode: 'F2' });
    const results = await upsert([activity('F1', 'f-1'), activity('F2', 'f-2')]);
    expect(results.map(({ errors }) => errors[0]?.statusCode ?? 'stored')).toEqual([
      'stored',
      'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    ]);
  });

  test('a busy CRM says so in its own words, with Retry-After as it was told', async () => {
    const date = 'Wed, 21 Oct 2026 07:28:00 GMT';
    await control.setFault('crm', { status: 503, forMs: 60_000, retryAfter: date });
    const response = await call('GET', `${data}/query?q=x`);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, date]);
    expect(await errorOf(response)).toBe('SERVER_UNAVAILABLE');
  });

  test('a connection cut after storing leaves the record and gives no answer', async () => {
    await control.setFault('crm', { drop: 'after', times: 1 });
    await expect(upsert([activity('D1', 'd-1')])).rejects.toThrow('fetch failed');
    expect(await upsert([activity('D1', 'd-1')])).toMatchObject([{ success: true, created: false }]);
  });

  test('a connection cut before storing leaves nothing', async () => {
    await control.setFault('crm', { drop: 'before', times: 1 });
    await expect(upsert([activity('D2', 'd-2')])).rejects.toThrow('fetch failed');
    expect(await upsert([activity('D2', 'd-2')])).toMatchObject([{ created: true }]);
  });

  test('a code on which it chokes fails all that is written with it, and nothing of it is stored', async () => {
    await control.setFault('crm', { chokeOn: 'C1.1' });
    const write = (...codes: string[]) =>
      call('PATCH', `${data}/composite/sobjects/Activity__c/Mappa_Id__c`, {
        allOrNone: false,
        records: codes.map((code) => activity(code, code)),
      });
    expect((await write('C1', 'C1.1')).status).toBe(500);
    expect((await write('C1', 'C1.1.1', 'C1.10')).status).toBe(200);
    const codes = (await control.records('crm')).map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['C1', 'C1.1.1', 'C1.10']));
    expect(codes).not.toContain('C1.1');
  });

  test('the journal says what became of each write', async () => {
    await upsert([activity('J1', 'j-1')]);
    await upsert([activity('J1', 'j-1')]);
    await upsert([activity('J2', 'j-1')]);
    const lines = (await control.journal('crm')).filter(({ key }) => key === 'j-1');
    expect(lines.map(({ what }) => what)).toEqual(['created', 'repeated', 'changed']);
  });

  test('a lost record is unknown to the CRM', async () => {
    const [made] = await upsert([activity('L1', 'l-1')]);
    expect((await control.lose('crm', 'L1')).status).toBe(200);
    const response = await call('GET', `${data}/sobjects/Activity__c/${made?.id}`);
    expect([response.status, await errorOf(response)]).toEqual([404, 'NOT_FOUND']);
  });
});

test('a restart keeps the records and their ids, and ends the sessions', async () => {
  const [before] = await upsert([activity('R1', 'r-1')]);
  await sandbox.restart();
  expect((await call('GET', `${data}/query?q=x`)).status).toBe(401);
  client = await crmClient(sandbox.url);
  expect(await upsert([activity('R1', 'r-1')])).toMatchObject([{ id: before?.id, created: false }]);
});
