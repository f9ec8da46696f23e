import { expect, test } from 'vitest';
import { answerOf } from './answer.ts';
import { AnswerCache } from './answer-cache.ts';

const answer = (bytes: number) => Promise.resolve(answerOf('x'.repeat(bytes), 'text/plain'));

test('the least recently used answers make room, so that the bytes stay bounded', async () => {
  const cache = new AnswerCache(10_000);
  for (const key of ['a', 'b', 'c', 'd']) await cache.make(key, () => answer(1_900));
  expect(cache.get('a')).toBeDefined();
  await cache.make('e', () => answer(1_900));
  expect(['a', 'b', 'c', 'd', 'e'].filter((key) => cache.get(key))).toEqual(['a', 'c', 'd', 'e']);
});

test('an answer that would push out most others is given and not kept', async () => {
  const cache = new AnswerCache(10_000);
  await cache.make('small', () => answer(10));
  expect((await cache.make('large', () => answer(9_000))).body).toHaveLength(9_000);
  expect([cache.get('large'), cache.get('small')]).toEqual([undefined, expect.anything()]);
});

test('an answer is made once for all who ask meanwhile, and again after a failure', async () => {
  const cache = new AnswerCache(10_000);
  let made = 0;
  const make = async () => {
    made++;
    return answer(made === 1 ? -1 : 10);
  };
  await expect(Promise.all([cache.make('a', make), cache.make('a', make)])).rejects.toThrow();
  await Promise.all([cache.make('a', make), cache.make('a', make)]);
  expect(made).toBe(2);
});
