import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { crmClient, crmData as data, errorOf } from '../testing/crm-client.ts';
import { startSandbox, type RunningSandbox } from '../testing/start-sandbox.ts';

const result = z.looseObject({ id: z.string().optional(), errors: z.array(z.looseObject({})) });

let sandbox: RunningSandbox;
let client: Awaited<ReturnType<typeof crmClient>>;
let one: string;
let two: string;

const create = async (records: object[]) => {
  const sent = records.map((record) => ({ attributes: { type: 'Case' }, ...record }));
  const response = await client.call('POST', `${data}/composite/sobjects`, { records: sent });
  return z.array(result).parse(await response.json());
};
const activity = async (Name: string): Promise<string> => {
  const response = await client.call('POST', `${data}/sobjects/Activity__c`, { Name, Mappa_Id__c: Name });
  return z.object({ id: z.string() }).parse(await response.json()).id;
};
const group = (rest: string): string => `SELECT Activity__c, COUNT(Id) uses FROM Case ${rest}`;

beforeAll(async () => {
  sandbox = await startSandbox();
  client = await crmClient(sandbox.url);
  [one, two] = [await activity('A1'), await activity('A2')];
  await create([
    { Subject: 'Primo', Activity__c: one },
    { Subject: 'Secondo', Activity__c: one.slice(0, 15) },
    { Subject: 'Terzo', Activity__r: { Mappa_Id__c: 'A2' } },
    { Subject: 'Senza processo' },
  ]);
});
afterAll(() => sandbox.stop());

test('a case is numbered, is new, and knows the process that it is tagged with', async () => {
  const soql = 'SELECT CaseNumber, Subject, Status, Activity__r.Name FROM Case ORDER BY Id';
  expect((await client.query(soql)).records).toMatchObject([
    { CaseNumber: '00001001', Subject: 'Primo', Status: 'New', Activity__r: { Name: 'A1' } },
    { Subject: 'Secondo', Activity__r: { Name: 'A1' } },
    { Subject: 'Terzo', Activity__r: { Name: 'A2' } },
    { Subject: 'Senza processo', Activity__r: null },
  ]);
});

test('cases are counted by process in one query, and those of other processes are left out', async () => {
  const asked = group(`WHERE Activity__c IN ('${one}', '${two}') GROUP BY Activity__c ORDER BY Activity__c`);
  expect(await client.query(asked)).toMatchObject({
    totalSize: 2,
    done: true,
    records: [
      { attributes: { type: 'AggregateResult' }, Activity__c: one, uses: 2 },
      { Activity__c: two, uses: 1 },
    ],
  });
  expect((await client.query(`SELECT COUNT(Id) FROM Case`)).records).toMatchObject([{ expr0: 4 }]);
});

test('a query that groups must group what it selects, and has one page', async () => {
  const loose = await client.ask('SELECT Subject, COUNT(Id) FROM Case GROUP BY Activity__c');
  expect([loose.status, await errorOf(loose)]).toEqual([400, 'MALFORMED_QUERY']);
  await create(Array.from({ length: 200 }, (_, i) => ({ Subject: `Gruppo ${i}` })));
  const asked = `${data}/query?q=${encodeURIComponent('SELECT Subject, COUNT(Id) FROM Case GROUP BY Subject')}`;
  const headers = { 'sforce-query-options': 'batchSize=200' };
  const long = await client.call('GET', asked, undefined, headers);
  expect([long.status, await errorOf(long)]).toEqual([400, 'EXCEEDED_ID_LIMIT']);
});

test('cases are read on from the last Id', async () => {
  const soql = (after: string) =>
    `SELECT Id, Subject FROM Case WHERE Activity__c != null AND Id > '${after}' ORDER BY Id LIMIT 2`;
  const first = (await client.query(soql('500000000000000'))).records;
  expect(first).toMatchObject([{ Subject: 'Primo' }, { Subject: 'Secondo' }]);
  expect((await client.query(soql(String(first[1]?.['Id'])))).records).toMatchObject([{ Subject: 'Terzo' }]);
});

test('a case is tagged with another process, and not with one that is not there', async () => {
  const [made] = await create([{ Subject: 'Da spostare', Activity__c: one }]);
  const path = `${data}/sobjects/Case/${made?.id}`;
  expect((await client.call('PATCH', path, { Activity__c: two })).status).toBe(204);
  expect(await (await client.call('GET', path)).json()).toMatchObject({ Activity__c: two, Status: 'New' });
  const nowhere = await client.call('PATCH', path, { Activity__c: 'a00Mp0000zzzzzz' });
  expect([nowhere.status, await errorOf(nowhere)]).toEqual([400, 'INVALID_CROSS_REFERENCE_KEY']);
  const nobody = await client.call('PATCH', `${data}/sobjects/Case/500Mp0000zzzzzz`, { Subject: 'x' });
  expect([nobody.status, await errorOf(nobody)]).toEqual([404, 'NOT_FOUND']);
});

test('a case of a process that is deleted stays, tagged with nothing', async () => {
  const gone = await activity('A3');
  const [made] = await create([{ Subject: 'Orfano', Activity__c: gone }]);
  expect((await client.call('DELETE', `${data}/sobjects/Activity__c/${gone}`)).status).toBe(204);
  const path = `${data}/sobjects/Case/${made?.id}?fields=Subject,Activity__c`;
  expect(await (await client.call('GET', path)).json()).toMatchObject({
    Subject: 'Orfano',
    Activity__c: null,
  });
});
