import { afterEach, expect, test } from 'vitest';
import {
  startScriptedServer,
  type Asked,
  type ScriptedAnswer,
  type ScriptedServer,
} from '../conformance/scripted-server.ts';
import type { Driver } from '../driver.ts';
import { createODataDriver } from './odata.ts';

const { signal } = new AbortController();
const guid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
let server: ScriptedServer;
let driver: Driver;
afterEach(async () => {
  await driver.close();
  await server.close();
});

async function service(
  script: (query: URLSearchParams, asked: Asked) => ScriptedAnswer,
  uses: object | null = {},
): Promise<void> {
  server = await startScriptedServer((asked) =>
    asked.url.endsWith('/token')
      ? { json: { access_token: 't' } }
      : script(new URL(asked.url, 'http://crm').searchParams, asked),
  );
  driver = createODataDriver({ ...server.connection, settings: { uses } });
}

test('many records are counted by few groupings, none of which has a long address', async () => {
  await service((query) => {
    const ids = query.get('$apply')?.match(/[0-9a-f-]{36}/g) ?? [];
    return { json: { value: ids.slice(1).map((id) => ({ _mappa_activity_value: id, uses: 2 })) } };
  });
  const ids = Array.from({ length: 250 }, (_, n) => guid(n));
  const counted = await driver.countUses?.(ids, signal);
  expect(counted).toEqual(new Map(ids.map((id, n) => [id, n % 100 === 0 ? 0 : 2])));
  const addresses = server.asked.filter(({ method }) => method === 'GET').map(({ url }) => url);
  expect(addresses).toHaveLength(3);
  expect(Math.max(...addresses.map(({ length }) => length))).toBeLessThan(8_000);
  expect(new URL(addresses[2] ?? '', 'http://crm').searchParams.get('$apply')).toMatch(
    /^filter\(_mappa_activity_value eq \S+ or .*\)\/groupby\(\(_mappa_activity_value\),aggregate\(\$count as uses\)\)$/,
  );
});

test('a list goes on at the token of the service, and never at another address', async () => {
  await service((query, { headers }) => {
    expect(headers.prefer).toBe('odata.maxpagesize=1');
    const isFirst = query.get('$skiptoken') === null;
    const value = [{ incidentid: guid(isFirst ? 7 : 8), title: null, _mappa_activity_value: guid(1) }];
    const next = 'https://elsewhere.example/api/data/v9.2/incidents?$filter=x&$skiptoken=%3Ccookie%2F%3E';
    return { json: { value, ...(isFirst ? { '@odata.nextLink': next } : {}) } };
  });
  const first = await driver.listUses?.([guid(1)], { after: null, limit: 1 }, signal);
  expect(first).toMatchObject({ uses: [{ id: guid(7), externalId: guid(1), title: '' }], next: '<cookie/>' });
  const second = await driver.listUses?.([guid(1)], { after: first?.next ?? null, limit: 1 }, signal);
  expect(second).toMatchObject({ uses: [{ id: guid(8) }], next: null });
});

test('a service without the table or its lookup says in words that it does not count', async () => {
  await service(() => ({ status: 404, json: { error: { code: '0x8006088a', message: 'not found' } } }));
  await expect(driver.countUses?.([guid(1)], signal)).rejects.toMatchObject({
    answer: {
      is: 'rejected',
      reason: expect.stringMatching(/^it does not count uses: .*incidents/) as string,
    },
  });
});

test('an id that is no GUID is nobody’s, and is not put into an address', async () => {
  await service(() => ({ status: 500 }));
  expect(await driver.countUses?.(["x' or 1 eq 1"], signal)).toEqual(new Map([["x' or 1 eq 1", 0]]));
  expect(server.asked).toEqual([]);
});

test('without the setting nobody is asked', async () => {
  await service(() => ({}), null);
  expect([driver.capabilities.countsUses, 'countUses' in driver]).toEqual([false, false]);
});
