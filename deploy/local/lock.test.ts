import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tryLock } from './lock.mjs';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'mappa-lock-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

test('a lock that a living process holds is refused, with what it says about itself', () => {
  const file = join(directory, 'lock');
  const held = tryLock(file);
  if (!held.taken) throw new Error('the lock was free');
  held.update({ catalog: 'http://127.0.0.1:7310' });
  expect(tryLock(file)).toEqual({
    taken: false,
    pid: process.pid,
    about: { catalog: 'http://127.0.0.1:7310' },
  });
  held.release();
  expect(tryLock(file).taken).toBe(true);
});

test.each([
  ['whose holder died', JSON.stringify({ pid: 2 ** 30, started: 'boot:1', about: {} })],
  [
    'whose pid another process has by now',
    JSON.stringify({ pid: process.pid, started: 'boot:1', about: {} }),
  ],
  ['that was half written', '{"pid":'],
])('a lock %s is free', (_, content) => {
  const file = join(directory, 'lock');
  writeFileSync(file, content);
  expect(tryLock(file).taken).toBe(true);
  expect(readdirSync(directory)).toEqual(['lock']);
});
