import { afterEach, expect, test } from 'vitest';
import { creation, update } from '../conformance/sample.ts';
import type { ScriptedAnswer, ScriptedServer } from '../conformance/scripted-server.ts';
import type { Answer, Driver } from '../driver.ts';
import { createCmisDriver } from './cmis.ts';
import { actionsOf, exception, folder, startRepository } from '../conformance/scripted-repository.ts';

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

test.each(['/elsewhere/A1', '/mappa2/A1', '/'])(
  'a record that stands at %s is outside the root, and is not touched',
  async (path) => {
    await repository(({ url }) =>
      url.includes('objectId=9') ? folder('9', path, { 'act:ext': 'k' }) : null,
    );
    expect(await driver.write([update(creation('A1'), '9')], signal)).toMatchObject([
      { is: 'rejected', reason: expect.stringContaining('outside /mappa') as string },
    ]);
    expect(await driver.write([creation('A1', { parent: '9' })], signal)).toMatchObject([{ is: 'rejected' }]);
    expect(actions()).toEqual([]);
  },
);

test('the root folder itself is never written', async () => {
  await repository(({ url }) => (url.includes('objectId=1&') ? folder('1', '/mappa') : null));
  expect(await driver.write([update(creation('A1'), '1')], signal)).toMatchObject([{ is: 'rejected' }]);
  expect(actions()).toEqual([]);
});

/**
 * Files A1.1 below A1, which has been moved out of the root since it was made.
 * @param answer of the server to that @param taken to its being taken away again
 */
async function fileBelowMoved(answer: ScriptedAnswer, taken: ScriptedAnswer = {}): Promise<Answer[]> {
  let isMoved = false;
  await repository(({ url }, action) => {
    if (action === 'createFolder') return isMoved ? answer : folder('9', '/mappa/A1');
    if (action === 'delete') return taken;
    return url.includes('objectId=9&') ? folder('9', '/elsewhere/A1') : null;
  });
  await driver.write([creation('A1')], signal);
  isMoved = true;
  const answers = await driver.write([creation('A1.1', { parent: '9' })], signal);
  expect(answers).toMatchObject([
    { is: 'rejected', reason: expect.stringContaining('outside /mappa') as string },
  ]);
  return answers;
}

test('a parent that has been moved out of the root since it was seen is read again when the server refuses', async () => {
  await fileBelowMoved(exception(404, 'objectNotFound'));
  expect(actions()).toEqual(['createFolder', 'createFolder']);
});

test('a folder made below a parent that has been moved out of the root is taken away again', async () => {
  await fileBelowMoved(folder('10', '/elsewhere/A1/A1.1'));
  expect(actions()).toEqual(['createFolder', 'createFolder', 'delete']);
});

const held = { 'act:ext': 'k', 'act:cod': 'A1.1', 'act:title': 'T', 'act:active': true, 'act:validTo': null };

test('no record is moved below a parent that has been moved out of the root', async () => {
  await repository(({ url }, action) => {
    if (action === 'createFolder') return folder('9', '/mappa/A1');
    if (url.includes('objectId=9&')) return folder('9', '/altrui/A1');
    return url.includes('objectId=20&') ? folder('20', '/mappa/A1.1 T', held) : null;
  });
  await driver.write([creation('A1')], signal);
  const step = update(creation('A1.1', { key: 'k', title: 'T', parent: '9' }), '20');
  expect(await driver.write([step], signal)).toMatchObject([{ is: 'rejected' }]);
  expect(actions()).not.toContain('move');
});

test('a folder made outside the root that cannot be taken away again is told of', async () => {
  const [answer] = await fileBelowMoved(
    folder('10', '/elsewhere/A1/A1.1'),
    exception(403, 'permissionDenied'),
  );
  expect(answer).toMatchObject({
    reason: expect.stringMatching(/\/elsewhere\/A1\/A1\.1 .*its words/) as string,
  });
  expect(actions()).toEqual(['createFolder', 'createFolder', 'delete']);
});

/** Moves A1.1 below A2, which leaves the root in that moment. @param back what the server says to the way back */
async function moveBelowLeaving(back: ScriptedAnswer): Promise<Answer | undefined> {
  let moves = 0;
  await repository(({ url }, action) => {
    if (action === 'move') return ++moves === 1 ? folder('20', '/altrui/A2/A1.1 T', held) : back;
    if (url.includes('objectId=9&')) return folder('9', '/mappa/A2');
    return url.includes('objectId=20&') ? folder('20', '/mappa/A1.1 T', held) : null;
  });
  const step = update(creation('A1.1', { key: 'k', title: 'T', parent: '9' }), '20');
  const [answer] = await driver.write([step], signal);
  return answer;
}

test('a record that was moved outside the root is moved back to where it was', async () => {
  expect(await moveBelowLeaving(folder('20', '/mappa/A1.1 T', held))).toMatchObject({
    is: 'rejected',
    reason: expect.stringContaining('outside /mappa') as string,
  });
  expect(actions()).toEqual(['move', 'move']);
  expect(server.asked.at(-1)?.body).toMatch(/name="targetFolderId"\r\n\r\n1\r\n/);
});

test('one that cannot be moved back is told of', async () => {
  expect(await moveBelowLeaving(exception(403, 'permissionDenied'))).toMatchObject({
    is: 'rejected',
    reason: expect.stringMatching(/\/altrui\/A2\/A1\.1 T .*outside \/mappa.*its words/) as string,
  });
});
