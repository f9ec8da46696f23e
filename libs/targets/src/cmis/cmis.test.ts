import { afterEach, expect, test } from 'vitest';
import { creation, update } from '../conformance/sample.ts';
import type { Asked, ScriptedAnswer, ScriptedServer } from '../conformance/scripted-server.ts';
import type { Driver } from '../driver.ts';
import { createCmisDriver } from './cmis.ts';
import { propertiesOf } from './folder.ts';
import { actionsOf, exception, folder, startRepository } from '../conformance/scripted-repository.ts';
import { cmisSettings } from './settings.ts';

const { signal } = new AbortController();
let server: ScriptedServer;
let driver: Driver;
afterEach(async () => {
  await driver.close();
  await server.close();
});

async function repository(...script: Parameters<typeof startRepository>): Promise<void> {
  server = await startRepository(...script);
  driver = createCmisDriver(server.connection);
}
const actions = (): string[] => actionsOf(server);

test('a folder that the index does not know yet is found by its name, and adopted by its key', async () => {
  const step = creation('A1', { key: 'ours', title: 'Perché / come' });
  const values = Object.fromEntries(propertiesOf('ours', step.content, cmisSettings.parse({})));
  const held = { ...values, 'act:active': true };
  await repository(({ url }, action) => {
    if (action === 'createFolder') return exception(409, 'nameConstraintViolation');
    const isSibling = url.startsWith(`/root/mappa/${encodeURIComponent('A1 Perché %2F come')}?`);
    return isSibling || url.includes('objectId=9') ? folder('9', '/mappa/A1 Perché %2F come', held) : null;
  });
  expect(await driver.write([step], signal)).toEqual([{ is: 'done', externalId: '9' }]);
  expect(actions()).toEqual(['createFolder']);
});

test('a sibling of others with that name is left alone', async () => {
  await repository(({ url }, action) => {
    if (action === 'createFolder') return exception(409, 'nameConstraintViolation');
    return url.startsWith('/root/mappa/') ? folder('9', '/mappa/A1', { 'act:ext': null }) : null;
  });
  expect(await driver.write([creation('A1')], signal)).toMatchObject([
    { is: 'rejected', reason: expect.stringContaining('not ours') as string },
  ]);
  expect(actions()).toEqual(['createFolder']);
});

test('a stale token is read again once, then left for later', async () => {
  let updates = 0;
  const script =
    (stale: number) =>
    (asked: Asked, action: string | undefined): ScriptedAnswer | null => {
      if (action === 'update' && ++updates <= stale) return exception(409, 'updateConflict');
      return asked.url.includes('objectId=9') ? folder('9', '/mappa/x', { 'act:ext': 'k' }) : null;
    };
  await repository(script(1));
  expect(await driver.write([update(creation('A1'), '9')], signal)).toEqual([
    { is: 'done', externalId: '9' },
  ]);
  await driver.close();
  await server.close();
  updates = 0;
  await repository(script(2));
  expect(await driver.write([update(creation('A1'), '9')], signal)).toMatchObject([{ is: 'failing' }]);
  expect(updates).toBe(2);
});

test('an update carries the token that was just read, and only what differs', async () => {
  const step = update(creation('A1', { key: 'k', title: 'Nuovo' }), '9');
  const held = {
    'act:ext': 'k',
    'act:cod': 'A1',
    'act:title': 'Vecchio',
    'act:active': true,
    'act:validTo': null,
  };
  await repository(({ url }) => (url.includes('objectId=9') ? folder('9', '/mappa/A1 Nuovo', held) : null));
  await driver.write([step], signal);
  const { body = '' } = server.asked.at(-1) ?? {};
  expect(body).toMatch(/name="changeToken"\r\n\r\ntoken\r\n/);
  expect([...body.matchAll(/name="propertyId\[\d+\]"\r\n\r\n(\S+)/g)].map(([, id]) => id)).toEqual([
    'act:title',
  ]);
});

test('without the root folder nothing is written, and the probe says why', async () => {
  await repository(({ url }) => {
    if (url.startsWith('/root/mappa')) return exception(404, 'objectNotFound');
    const ids = ['act:ext', 'act:cod', 'act:title', 'act:active', 'act:validTo'];
    return url.includes('typeDefinition')
      ? { json: { propertyDefinitions: Object.fromEntries(ids.map((id) => [id, {}])) } }
      : null;
  });
  expect(await driver.write([creation('A1')], signal)).toMatchObject([{ is: 'failing' }]);
  expect(await driver.probe(signal)).toMatchObject({
    is: 'rejected',
    reason: expect.stringContaining('/mappa') as string,
  });
  expect(actions()).toEqual([]);
});

test('404 without the word of CMIS does not mean that a record is gone', async () => {
  await repository(({ url }) =>
    url.includes('objectId=9') ? { status: 404, json: 'Not Found', type: 'text/html' } : null,
  );
  expect(await driver.write([update(creation('A1'), '9')], signal)).toMatchObject([{ is: 'failing' }]);
});

test('a parent that is not there is told, and only its children are rejected', async () => {
  await repository((_, action) => (action === 'createFolder' ? folder('9', '/mappa/A2') : null));
  expect(await driver.write([creation('A1.1', { parent: '404' }), creation('A2')], signal)).toMatchObject([
    { is: 'rejected', reason: expect.stringContaining('parent folder 404') as string },
    { is: 'done' },
  ]);
});

test.each([
  ['a page', { json: 'Welcome', type: 'text/html' }],
  ['nothing', {}],
  ['no properties', { json: {} }],
])('%s as the answer to a creation leaves it unknown, and nothing more is begun', async (_, answer) => {
  await repository((_asked, action) => (action ? answer : null));
  driver = createCmisDriver({ ...server.connection, settings: { concurrency: 1 } });
  expect(await driver.write([creation('A1'), creation('A2')], signal)).toMatchObject([
    { is: 'unknown' },
    { is: 'failing' },
  ]);
  expect(actions()).toEqual(['createFolder']);
});

const reads = (id: string): number =>
  server.asked.filter(({ method, url }) => method === 'GET' && url.includes(`objectId=${id}&`)).length;

test('what was made a moment ago is filed in without being read', async () => {
  let made = 8;
  await repository((_, action) =>
    action === 'createFolder' ? folder(`${++made}`, made === 9 ? '/mappa/A1' : '/mappa/A1/x') : null,
  );
  expect(await driver.write([creation('A1')], signal)).toEqual([{ is: 'done', externalId: '9' }]);
  for (const code of ['A1.1', 'A1.2'])
    expect(await driver.write([creation(code, { parent: '9' })], signal)).toMatchObject([{ is: 'done' }]);
  expect(reads('9')).toBe(0);
  expect(actions()).toEqual(['createFolder', 'createFolder', 'createFolder']);
});

test('what the server refuses below a parent that stands where it stood is not sent twice', async () => {
  await repository(({ url, body }, action) => {
    if (action) return body.includes('A1.1') ? exception(409, 'constraint') : folder('9', '/mappa/A1');
    return url.includes('objectId=9&') ? folder('9', '/mappa/A1') : null;
  });
  await driver.write([creation('A1')], signal);
  expect(await driver.write([creation('A1.1', { parent: '9' })], signal)).toMatchObject([{ is: 'rejected' }]);
  expect(actions()).toEqual(['createFolder', 'createFolder']);
});

test('a folder that changes its name changes the paths of all below it, which are read again', async () => {
  const held = {
    'act:ext': 'k',
    'act:cod': 'A1',
    'act:title': 'Vecchio',
    'act:active': true,
    'act:validTo': null,
  };
  await repository(({ url }, action) => {
    if (action === 'createFolder') return folder('10', '/mappa/A1 Vecchio/A1.1');
    return /objectId=(9|10)&/.test(url) || action ? folder('9', '/mappa/A1 Vecchio', held) : null;
  });
  await driver.write([creation('A1.1', { parent: '9' })], signal);
  await driver.write([update(creation('A1', { key: 'k', title: 'Nuovo' }), '9')], signal);
  await driver.write([creation('A1.2', { parent: '10' })], signal);
  expect(reads('10')).toBe(1);
});

const searches = (): number => server.asked.filter(({ url }) => url.includes('act%3Aext%20IN')).length;

test('keys are looked up where they may be there: in a tree that had records, or after a lost answer', async () => {
  let isEmpty = true;
  await repository(({ url }, action) => {
    if (action) return folder('9', '/mappa/A1');
    const found = isEmpty ? [] : [(folder('7', '/mappa/B1') as { json: unknown }).json];
    return url.includes('maxItems=1&') ? { json: { results: found, hasMoreItems: false } } : null;
  });
  await driver.write([creation('A1')], signal);
  await driver.write([creation('A2')], signal);
  expect(searches()).toBe(0);
  await driver.write([{ ...creation('A3'), mayExist: true }], signal);
  expect(searches()).toBe(1);
  isEmpty = false;
  driver = createCmisDriver(server.connection);
  await driver.write([creation('A4')], signal);
  expect(searches()).toBe(2);
});
