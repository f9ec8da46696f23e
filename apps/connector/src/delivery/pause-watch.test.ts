import type { QueryRunner } from 'typeorm';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PauseWatch } from './pause-watch.ts';

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
async function begun(...paused: string[]): Promise<void> {
  watch.begin('s');
  vi.advanceTimersByTime(1);
  const first = watch.isPaused('s', 't');
  looks.at(-1)?.found(paused);
  await first;
}

test('whoever asks while Postgres is asked again goes by the answer before', async () => {
  await begun('t');
  vi.advanceTimersByTime(101);
  expect(await watch.isPaused('s', 't')).toBe(true);
  expect(await watch.isPaused('s', 'u')).toBe(false);
  expect(looks).toHaveLength(2);

  looks[1]?.found(['u']);
  await vi.waitUntil(async () => watch.isPaused('s', 'u'));
  expect(await watch.isPaused('s', 't')).toBe(false);
});

test('nobody goes by an answer that is too old', async () => {
  await begun();
  vi.advanceTimersByTime(501);
  const asked = watch.isPaused('s', 't');
  looks[1]?.found(['t']);
  expect(await asked).toBe(true);
});

test('what was asked before a system began its work says nothing of it', async () => {
  await begun();
  vi.advanceTimersByTime(101);
  await watch.isPaused('s', 't');
  watch.begin('r');
  vi.advanceTimersByTime(1);
  const asked = watch.isPaused('r', 'v');
  looks[1]?.found([]);
  await vi.waitUntil(() => looks.length === 3);
  looks[2]?.found(['v']);
  expect(await asked).toBe(true);
});

test('a failure is told to those who cannot do without an answer', async () => {
  await begun();
  vi.advanceTimersByTime(101);
  await watch.isPaused('s', 't');
  looks[1]?.failed(new Error('Postgres is away'));
  vi.advanceTimersByTime(500);
  const asked = watch.isPaused('s', 't');
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
  await begun();
  watch.end('s');
  expect(await watch.isPaused('s', 't')).toBe(true);
});
