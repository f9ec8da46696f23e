import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

test('two work at once, the third when one of them ends; who is called off while waiting never works', async () => {
  const turns = new Turns(2);
  const signal = new AbortController().signal;
  const calledOff = new AbortController();
  const begun: string[] = [];
  const work = (name: string) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const start = () => {
      begun.push(name);
      return promise;
    };
    return { start, end: resolve };
  };
  const [first, second, third, fourth] = [work('first'), work('second'), work('third'), work('fourth')];
  const done = [turns.take(signal, first.start), turns.take(signal, second.start)];
  const never = turns.take(calledOff.signal, third.start);
  done.push(turns.take(signal, fourth.start));
  calledOff.abort();
  expect(await never).toBe(false);
  expect(begun).toEqual(['first', 'second']);
  first.end();
  expect(await done[0]).toBe(true);
  await Promise.resolve();
  expect(begun).toEqual(['first', 'second', 'fourth']);
  second.end();
  fourth.end();
  expect(await Promise.all(done)).toEqual([true, true, true]);
});
