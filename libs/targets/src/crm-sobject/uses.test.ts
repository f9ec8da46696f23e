import { afterEach, expect, test } from 'vitest';
import {
  startScriptedServer,
  type Asked,
  type ScriptedAnswer,
  type ScriptedServer,
} from '../conformance/scripted-server.ts';
import type { Driver } from '../driver.ts';
import { createCrmDriver } from './crm-sobject.ts';
import { idGroups } from './uses.ts';

const { signal } = new AbortController();
const idNumber = (n: number): string => `a00${String(n).padStart(12, '0')}`;
let server: ScriptedServer;
let driver: Driver;
afterEach(async () => {
  await driver.close();
  await server.close();
});

async function crm(
  script: (soql: string, asked: Asked) => ScriptedAnswer,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  server = await startScriptedServer((asked) => {
    if (asked.url.endsWith('/oauth2/token')) return { json: { access_token: 't' } };
    return script(new URL(asked.url, 'http://crm').searchParams.get('q') ?? '', asked);
  });
  driver = createCrmDriver({ ...server.connection, settings });
}

test('many records are counted by few queries, none of which has a long address', async () => {
  await crm((soql) => {
    const ids = [...soql.matchAll(/a00\d{12}/g)].map(([id]) => id);
    const used = ids.filter((id) => Number(id.slice(3)) % 2 === 0);
    return { json: { records: used.map((id) => ({ Activity__c: `${id}AAA`, uses: 3 })) } };
  });
  const ids = Array.from({ length: 1_000 }, (_, n) => idNumber(n));
  const counted = await driver.countUses?.(ids, signal);
  expect(counted).toEqual(new Map(ids.map((id, n) => [id, n % 2 === 0 ? 3 : 0])));
  const addresses = server.asked.filter(({ method }) => method === 'GET').map(({ url }) => url.length);
  expect(addresses.length).toBeLessThan(6);
  expect(Math.max(...addresses)).toBeLessThan(8_000);
});

test('no record is lost between two groups of ids, and none is asked about twice', () => {
  const ids = Array.from({ length: 700 }, (_, n) => idNumber(n));
  expect(
    idGroups(ids)
      .join(',')
      .split(',')
      .map((text) => text.slice(1, -1)),
  ).toEqual(ids);
  expect(idGroups([])).toEqual([]);
});

test.each(['INVALID_TYPE', 'INVALID_FIELD'])(
  'a CRM without the object or its lookup (%s) says in words that it does not count',
  async (errorCode) => {
    await crm(() => ({ status: 400, json: [{ errorCode, message: 'not supported' }] }));
    await expect(driver.countUses?.([idNumber(1)], signal)).rejects.toMatchObject({
      answer: { is: 'rejected', reason: expect.stringMatching(/^it does not count uses: .*Case/) as string },
    });
  },
);

test('another refusal is trouble with the CRM, in its own words', async () => {
  await crm(() => ({ status: 500, json: [{ errorCode: 'QUERY_TIMEOUT', message: 'too slow' }] }));
  await expect(driver.countUses?.([idNumber(1)], signal)).rejects.toMatchObject({
    answer: { is: 'failing' },
  });
});

test('a count that is no number is not believed', async () => {
  await crm(() => ({ json: { records: [{ Activity__c: idNumber(1), uses: 'many' }] } }));
  await expect(driver.countUses?.([idNumber(1)], signal)).rejects.toThrow('cannot be read');
});

test('names of objects and fields and the address of a case are settings', async () => {
  const uses = {
    object: 'Campaign',
    lookup: 'Proc__c',
    title: 'Name',
    link: 'https://crm.example.it/{id}/view',
  };
  const soqls: string[] = [];
  await crm(
    (soql) => {
      soqls.push(soql);
      return { json: { records: [{ Id: '701000000000001', Name: null, Proc__c: idNumber(1) }] } };
    },
    { uses },
  );
  const page = await driver.listUses?.([idNumber(1)], { after: '701000000000000', limit: 1 }, signal);
  expect(page).toEqual({
    uses: [
      {
        id: '701000000000001',
        externalId: idNumber(1),
        title: '',
        link: 'https://crm.example.it/701000000000001/view',
      },
    ],
    next: null,
  });
  expect(soqls).toEqual([
    `SELECT Id, Name, Proc__c FROM Campaign WHERE Proc__c IN ('${idNumber(1)}') AND Id > '701000000000000' ORDER BY Id LIMIT 2`,
  ]);
});

test('where the settings say that nothing uses the map, nobody is asked', async () => {
  await crm(() => ({}), { uses: null });
  expect([driver.capabilities.countsUses, 'countUses' in driver, 'listUses' in driver]).toEqual([
    false,
    false,
    false,
  ]);
});
