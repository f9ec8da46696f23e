import { expect, test } from 'vitest';
import { Turnstile } from './turnstile.ts';

const { signal } = new AbortController();

test('as many are inside as there are places, and the others come in the order in which they came', async () => {
  const turnstile = new Turnstile(2);
  const leave = [await turnstile.enter(signal), await turnstile.enter(signal)];
  const came: string[] = [];
  const [third, fourth] = ['third', 'fourth'].map((who) =>
    turnstile.enter(signal).then((leave) => (came.push(who), leave)),
  );
  expect(came).toEqual([]);
  leave[0]?.();
  leave[0]?.();
  (await third)?.();
  await fourth;
  expect(came).toEqual(['third', 'fourth']);
});

test('who is told to stop while waiting gives up the place', async () => {
  const turnstile = new Turnstile(1);
  const leave = await turnstile.enter(signal);
  const stop = new AbortController();
  const given = turnstile.enter(stop.signal);
  stop.abort(new Error('stopped'));
  await expect(given).rejects.toThrow('stopped');
  leave();
  (await turnstile.enter(signal))();
});

test('requests are spread over the second', async () => {
  const turnstile = new Turnstile(8, 100);
  const since = performance.now();
  await Promise.all(Array.from({ length: 6 }, () => turnstile.enter(signal)));
  expect(performance.now() - since).toBeGreaterThan(45);
});
