import { afterEach, expect, test } from 'vitest';
import { creation, update } from '../conformance/sample.ts';
import type { ScriptedServer } from '../conformance/scripted-server.ts';
import type { Driver } from '../driver.ts';
import { createCmisDriver } from './cmis.ts';
import { actionsOf, folder, startRepository } from '../conformance/scripted-repository.ts';

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

const away = { status: 503, json: {} };
const held = { 'act:ext': 'k', 'act:cod': 'A1', 'act:title': 'T', 'act:active': true, 'act:validTo': null };
const record = (title: string) => update(creation('A1', { key: 'k', title, parent: '30' }), '20');

test('a folder that was made is found the next time, where it could not be read where it stands', async () => {
  let isAway = true;
  await repository(({ url }, action) => {
    if (action) return folder('9', null);
    if (!url.includes('objectId=9&')) return null;
    return isAway ? away : folder('9', '/mappa/A1 Titolo', { 'act:ext': 'k' });
  });
  const step = creation('A1', { key: 'k', title: 'Titolo' });
  expect(await driver.write([step], signal)).toMatchObject([{ is: 'unknown' }]);
  isAway = false;
  const retitled = creation('A1', { key: 'k', title: 'Titolo nuovo' });
  expect(await driver.write([retitled], signal)).toEqual([{ is: 'done', externalId: '9' }]);
  expect(actions()).toEqual(['createFolder', 'update']);
});

test('nobody knows of a folder that was made and is not shown', async () => {
  await repository((_, action) => (action ? folder('9', null) : null));
  expect(await driver.write([creation('A1')], signal)).toMatchObject([
    { is: 'unknown', reason: expect.stringContaining('its words') as string },
  ]);
  expect(actions()).toEqual(['createFolder']);
});

test.each(['its parent cannot be read', 'it cannot be moved'])(
  'a record that was retitled is not said to be as it was when %s',
  async (which) => {
    await repository(({ url }, action) => {
      if (action === 'createFolder') return folder('30', '/mappa/A2');
      if (action === 'move') return away;
      if (url.includes('objectId=30&')) return which.includes('read') ? away : folder('30', '/mappa/A2');
      return /objectId=20\b/.test(url) ? folder('20', '/mappa/A1 T', held) : null;
    });
    await driver.write([creation('A2')], signal);
    expect(await driver.write([record('Nuovo')], signal)).toMatchObject([{ is: 'unknown' }]);
    expect(await driver.write([record('T')], signal)).toMatchObject([{ is: 'failing' }]);
  },
);
