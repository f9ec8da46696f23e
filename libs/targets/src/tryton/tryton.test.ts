import { afterEach, expect, test } from 'vitest';
import { creation, update } from '../conformance/sample.ts';
import {
  startScriptedServer,
  type Asked,
  type ScriptedAnswer,
  type ScriptedServer,
} from '../conformance/scripted-server.ts';
import type { Driver } from '../driver.ts';
import { createTrytonDriver } from './tryton.ts';

const { signal } = new AbortController();
let server: ScriptedServer;
let driver: Driver;
afterEach(async () => {
  await driver.close();
  await server.close();
});

const methodOf = ({ body }: Asked): string => JSON.parse(body).method;
const calls = (name: string): Asked[] => server.asked.filter((asked) => methodOf(asked).endsWith(name));
const held = {
  id: 7,
  name: 'Vecchio',
  number: 'A1',
  comment: 'di Anna',
  timesheet_available: true,
  _timestamp: '5.0',
};

/** A Tryton that signs in, holds one record, and answers everything else by the script. */
async function tryton(script: (method: string, nth: number) => ScriptedAnswer | null): Promise<void> {
  server = await startScriptedServer((asked) => {
    const method = methodOf(asked);
    const nth = server.asked.filter((one) => methodOf(one) === method).length;
    const scripted = script(method, nth);
    if (scripted) return scripted;
    if (method === 'common.db.login') return { json: { result: [1, `t${nth}`, null] } };
    if (method.endsWith('get_preferences')) return { json: { result: { company: 3 } } };
    return { json: { result: method.endsWith('search_read') ? [held] : null } };
  });
  driver = createTrytonDriver(server.connection);
}
const known = update(creation('A1', { key: 'k', title: 'Nuovo' }), '7');

test('a session that is dead is replaced once, and what was asked is asked again', async () => {
  await tryton((method, nth) => (method.endsWith('get_preferences') && nth === 1 ? { status: 401 } : null));
  expect(await driver.write([known], signal)).toEqual([{ is: 'done', externalId: '7' }]);
  expect(calls('login')).toHaveLength(2);
});

test('a session that is never accepted is replaced only once', async () => {
  await tryton((method) => (method === 'common.db.login' ? null : { status: 401 }));
  expect(await driver.write([known], signal)).toMatchObject([{ is: 'failing' }]);
  expect(calls('login')).toHaveLength(2);
});

test('an update says as of when it read the record, leaves the words of people, and writes what differs', async () => {
  await tryton(() => null);
  await driver.write([known], signal);
  expect(JSON.parse(calls('.write')[0]?.body ?? '').params).toEqual([
    [7],
    { name: 'Nuovo', comment: 'di Anna\n[mappa:k]' },
    { company: 3, _timestamp: { 'project.work,7': '5.0' } },
  ]);
});

test('where somebody wrote meanwhile the record is read anew, once', async () => {
  const conflict = { json: { error: ['ConcurrencyException', 'Records were modified in the meanwhile'] } };
  await tryton((method, nth) => (method.endsWith('.write') && nth === 1 ? conflict : null));
  expect(await driver.write([known], signal)).toMatchObject([{ is: 'done' }]);
  expect(calls('search_read')).toHaveLength(2);
  await driver.close();
  await server.close();
  await tryton((method) => (method.endsWith('.write') ? conflict : null));
  expect(await driver.write([known], signal)).toMatchObject([{ is: 'failing' }]);
  expect(calls('.write')).toHaveLength(2);
});

test('an exception of Tryton is trouble, and its words for users are about the record', async () => {
  await tryton((method) => (method.endsWith('.write') ? { json: { error: ["'no'", 'Traceback'] } } : null));
  expect(await driver.write([known], signal)).toMatchObject([{ is: 'failing' }]);
  await driver.close();
  await server.close();
  const words = { json: { error: ['UserError', ['The number on work must be unique.', '', null]] } };
  await tryton((method) => (method.endsWith('.write') ? words : null));
  expect(await driver.write([known], signal)).toEqual([
    { is: 'rejected', reason: 'The number on work must be unique.' },
  ]);
});

test.each(['down for maintenance', {}, []])(
  'an error that is none of Tryton leaves a write unknown: %j',
  async (error) => {
    await tryton((method) => (method.endsWith('.write') ? { json: { error } } : null));
    expect(await driver.write([known], signal)).toMatchObject([
      { is: 'unknown', reason: expect.stringContaining('not what the protocol says') },
    ]);
  },
);

test('a probe names the rights that are missing', async () => {
  const rights = { 'project.work': { read: 1, write: 0, create: 0, delete: 0 } };
  await tryton((method) => (method.endsWith('get_access') ? { json: { result: rights } } : null));
  expect(await driver.probe(signal)).toEqual({
    is: 'rejected',
    reason: 'our user may not write, create project.work',
  });
});
