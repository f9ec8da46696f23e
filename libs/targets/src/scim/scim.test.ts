import { afterEach, expect, test } from 'vitest';
import { creation, update } from '../conformance/sample.ts';
import {
  startScriptedServer,
  type Asked,
  type ScriptedAnswer,
  type ScriptedServer,
} from '../conformance/scripted-server.ts';
import type { Driver } from '../driver.ts';
import { createScimDriver } from './scim.ts';

const { signal } = new AbortController();
let server: ScriptedServer;
let driver: Driver;
afterEach(async () => {
  await driver.close();
  await server.close();
});

interface Abilities {
  readonly bulk?: boolean;
  readonly maxOperations?: number;
  readonly filter?: boolean;
}

/** An HR server that says what it can, finds nothing, and answers everything else by the script. */
async function hr(
  abilities: Abilities,
  script: (asked: Asked) => ScriptedAnswer | null,
  settings = {},
): Promise<void> {
  const { bulk = true, maxOperations = 1000, filter = true } = abilities;
  const config = { bulk: { supported: bulk, maxOperations }, filter: { supported: filter } };
  server = await startScriptedServer((asked) => {
    if (asked.url === '/ServiceProviderConfig') return { json: config };
    return script(asked) ?? { json: { totalResults: 0 } };
  });
  driver = createScimDriver({ ...server.connection, settings });
}
const writes = (): Asked[] => server.asked.filter(({ method }) => method !== 'GET');
const error = (status: number, detail: string): ScriptedAnswer => ({
  status,
  type: 'application/scim+json',
  json: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(status), detail },
});
const opsOf = ({ body }: Asked): { method: string; bulkId: string }[] => JSON.parse(body).Operations;
const bulkOf = (asked: Asked, status: (i: number) => string): ScriptedAnswer => ({
  json: {
    Operations: opsOf(asked).map(({ method, bulkId }, i) => ({
      method,
      bulkId,
      status: status(i),
      ...(status(i) === '201' ? { location: `/ActivityCodes/${bulkId}` } : {}),
    })),
  },
});

test('without bulk every record is a request of its own, and one bad one only fails itself', async () => {
  await hr({ bulk: false }, ({ method, url, body }) => {
    if (method === 'PATCH') return url.endsWith('/8') ? error(404, 'not found') : { json: { id: '7' } };
    if (method !== 'POST') return null;
    return body.includes('"A1"') ? error(400, 'no') : { status: 201, json: { id: '42' } };
  });
  const steps = [creation('A1'), creation('A2'), update(creation('A3'), '7'), update(creation('A4'), '8')];
  expect(await driver.write(steps, signal)).toMatchObject([
    { is: 'rejected', reason: 'no (HTTP 400)' },
    { is: 'done', externalId: '42' },
    { is: 'done', externalId: '7' },
    { is: 'gone' },
  ]);
});

test('a bulk request holds no more than the server takes', async () => {
  await hr({ maxOperations: 2 }, (asked) => (asked.url === '/Bulk' ? bulkOf(asked, () => '201') : null));
  const answers = await driver.write(
    ['A1', 'A2', 'A3'].map((code) => creation(code)),
    signal,
  );
  expect(answers.map(({ is }) => is)).toEqual(['done', 'done', 'done']);
  expect(writes().map((asked) => opsOf(asked).length)).toEqual([2, 1]);
});

test('a bulk request that is too large is halved', async () => {
  await hr({}, (asked) => {
    if (asked.url !== '/Bulk') return null;
    return opsOf(asked).length > 1 ? { status: 413 } : bulkOf(asked, () => '201');
  });
  const answers = await driver.write(
    ['A1', 'A2', 'A3'].map((code) => creation(code)),
    signal,
  );
  expect(answers.map(({ is }) => is)).toEqual(['done', 'done', 'done']);
});

test('a creation that is refused because our record is there by now is adopted', async () => {
  let lookedUp = 0;
  await hr({}, (asked) => {
    if (asked.url.includes('filter=')) {
      lookedUp += 1;
      return lookedUp === 1
        ? null
        : { json: { totalResults: 1, Resources: [{ id: '42', externalId: 'ours' }] } };
    }
    return bulkOf(asked, () => (asked.body.includes('"PATCH"') ? '204' : '409'));
  });
  const step = creation('A1', { key: 'ours' });
  const answers = await driver.write([step, creation('A2', { key: 'other' })], signal);
  expect(answers).toMatchObject([{ is: 'done', externalId: '42' }, { is: 'rejected' }]);
  expect(opsOf(writes().at(-1)!)).toMatchObject([{ method: 'PATCH', path: '/ActivityCodes/42' }]);
});

test('a server that ignores the filter does not make us take foreign records', async () => {
  const foreign = { totalResults: 2, Resources: [{ id: '1', externalId: 'x' }, { id: '2' }] };
  await hr({}, (asked) => (asked.url.includes('filter=') ? { json: foreign } : bulkOf(asked, () => '201')));
  expect(await driver.write([creation('A1')], signal)).toMatchObject([{ is: 'done', externalId: 'step-0' }]);
});

test('nothing is created on a server that cannot search, because a repeat could not be told', async () => {
  await hr({ filter: false }, () => ({ status: 500 }));
  expect(await driver.write([creation('A1')], signal)).toMatchObject([{ is: 'failing' }]);
  expect(await driver.probe(signal)).toMatchObject({ is: 'rejected' });
  expect(writes()).toEqual([]);
});

test('pages that a server caps are all read, and a list that ends too early is told', async () => {
  const all = Array.from({ length: 5 }, (_, i) => ({ id: String(i) }));
  await hr({}, ({ url }) => {
    const start = Number(new URL(url, 'http://x').searchParams.get('startIndex'));
    return { json: { totalResults: 7, Resources: all.slice(start - 1, start + 1) } };
  });
  const read: string[] = [];
  const list = async (): Promise<void> => {
    for await (const page of driver.list(signal)) read.push(...page.map(({ externalId }) => externalId));
  };
  await expect(list()).rejects.toThrow('stops after 5 of 7');
  expect(read).toEqual(['0', '1', '2', '3', '4']);
});

test.each([
  ['a page', { json: 'Welcome', type: 'text/html' }],
  ['nothing', {}],
  ['no operations', { json: { Operations: [] } }],
  ['something else', { json: { ok: true } }],
])('%s as the answer to a bulk request leaves its records unknown', async (_, answer) => {
  await hr({}, ({ url }) => (url === '/Bulk' ? answer : null));
  expect(await driver.write([creation('A1'), update(creation('A2'), '7')], signal)).toMatchObject([
    { is: 'unknown' },
    { is: 'unknown' },
  ]);
});
