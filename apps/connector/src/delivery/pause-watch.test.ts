import type { QueryRunner } from 'typeorm';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PauseWatch, type PausesOf } from './pause-watch.ts';

interface Look {
  readonly found: (targets: readonly string[]) => void;
  readonly failed: (error: Error) => void;
}

let looks: Look[];
let watch: PauseWatch;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  looks = [];
  const query = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      looks.push({
        found: (targets) => resolve({ records: [{ targets, systems: [] }] }),
        failed: reject,
      });
    });
  watch = new PauseWatch({ query } as unknown as QueryRunner);
});
afterEach(() => vi.useRealTimers());

/** The system is at work, and what was paused when it began is known. */
async function begun(...paused: string[]): Promise<PausesOf> {
  const pauses = watch.begin('s');
  vi.advanceTimersByTime(1);
  const first = pauses.isPaused('t');
  looks.at(-1)?.found(paused);
  await first;
  return pauses;
}

test('whoever asks while Postgres is asked again goes by the answer before', async () => {
  const pauses = await begun('t');
  vi.advanceTimersByTime(101);
  expect(await pauses.isPaused('t')).toBe(true);
  expect(await pauses.isPaused('u')).toBe(false);
  expect(looks).toHaveLength(2);

  looks[1]?.found(['u']);
  await vi.waitUntil(async () => pauses.isPaused('u'));
  expect(await pauses.isPaused('t')).toBe(false);
});

test('nobody goes by an answer that is too old', async () => {
  const pauses = await begun();
  vi.advanceTimersByTime(501);
  const asked = pauses.isPaused('t');
  looks[1]?.found(['t']);
  expect(await asked).toBe(true);
});

test('what was asked before a system began its work says nothing of it', async () => {
  const pauses = await begun();
  vi.advanceTimersByTime(101);
  await pauses.isPaused('t');
  const others = watch.begin('r');
  vi.advanceTimersByTime(1);
  const asked = others.isPaused('v');
  looks[1]?.found([]);
  await vi.waitUntil(() => looks.length === 3);
  looks[2]?.found(['v']);
  expect(await asked).toBe(true);
});

test('a failure is told to those who cannot do without an answer', async () => {
  const pauses = await begun();
  vi.advanceTimersByTime(101);
  await pauses.isPaused('t');
  looks[1]?.failed(new Error('Postgres is away'));
  vi.advanceTimersByTime(500);
  const asked = pauses.isPaused('t');
  await vi.waitUntil(
    () =>
      looks.length === 3 ||
      asked.then(
        () => true,
        () => true,
      ),
  );
  looks[2]?.failed(new Error('Postgres is away'));
  await expect(asked).rejects.toThrow('away');
});

test('no target is sent anything once the work of its system has ended', async () => {
  const pauses = await begun();
  pauses.end();
  expect(await pauses.isPaused('t')).toBe(true);
});

test('work that ends does not end what began on the same system meanwhile', async () => {
  const pauses = await begun();
  const others = await begun();
  pauses.end();
  expect(await others.isPaused('t')).toBe(false);
  expect(await pauses.isPaused('t')).toBe(true);
});

test('an answer that was long in coming is taken all the same', async () => {
  const pauses = watch.begin('s');
  vi.advanceTimersByTime(1);
  const asked = pauses.isPaused('t');
  vi.advanceTimersByTime(60_000);
  looks[0]?.found(['t']);
  expect(await asked).toBe(true);
  expect(looks).toHaveLength(1);
});
