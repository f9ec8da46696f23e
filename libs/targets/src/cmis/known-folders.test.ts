import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { KnownFolders } from './known-folders.ts';

const minute = 60_000;
const isEmpty = (): Promise<boolean> => Promise.resolve(true);
const unasked = (): Promise<boolean> => Promise.reject(new Error('asked once more'));
let known: KnownFolders;

beforeEach(() => {
  vi.useFakeTimers();
  known = new KnownFolders();
});
afterEach(() => void vi.useRealTimers());

test('a tree that is being filled counts as empty at first, however long that takes', async () => {
  await known.madeSinceEmpty(isEmpty);
  for (const key of ['a', 'b', 'c', 'd']) {
    vi.advanceTimersByTime(5 * minute);
    known.noteMade(key, `id of ${key}`);
  }
  expect((await known.madeSinceEmpty(unasked))?.size).toBe(4);
});

test('ten minutes after the last folder was made it is asked again', async () => {
  await known.madeSinceEmpty(isEmpty);
  known.noteMade('a', 'id of a');
  vi.advanceTimersByTime(10 * minute);
  expect(await known.madeSinceEmpty(() => Promise.resolve(false))).toBeNull();
});

test('of two calls that ask at once, neither forgets what the other made', async () => {
  const late = Promise.withResolvers<boolean>();
  const other = known.madeSinceEmpty(() => late.promise);
  await known.madeSinceEmpty(isEmpty);
  known.noteMade('a', 'id of a');
  late.resolve(true);
  expect((await other)?.get('a')).toBe('id of a');
});

test('a place is known for half a minute', () => {
  known.note({ id: '9', path: '/mappa/A1' });
  vi.advanceTimersByTime(minute / 2 - 1);
  expect(known.get('9')).toEqual({ id: '9', path: '/mappa/A1' });
  vi.advanceTimersByTime(1);
  expect(known.get('9')).toBeUndefined();
});

test('when all is forgotten nothing waits for its time', async () => {
  await known.madeSinceEmpty(isEmpty);
  known.note({ id: '9', path: '/mappa/A1' });
  known.forget();
  expect(vi.getTimerCount()).toBe(0);
});
