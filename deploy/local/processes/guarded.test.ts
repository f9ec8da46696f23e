import { expect, test } from 'vitest';
import { parseGuarded, stopOrder } from './guarded.ts';
import type { Guarded } from './guarded.ts';

const guarded = (name: string, order: number): Guarded => ({
  name,
  order,
  pid: 42,
  identity: 'boot:1',
  signal: 'SIGTERM',
  graceMs: 1000,
});

test('what has a higher order is stopped earlier, equals together, whatever started last', () => {
  const list = [guarded('kafka', 1), guarded('connector', 4), guarded('sandbox', 2), guarded('postgres', 0)];
  const again = guarded('kafka-again', 1);
  const names = stopOrder([...list, again]).map((group) => group.map(({ name }) => name));
  expect(names).toEqual([['connector'], ['sandbox'], ['kafka', 'kafka-again'], ['postgres']]);
});

test('a list survives the pipe to the watchdog', () => {
  const list = [guarded('postgres', 0)];
  expect(parseGuarded(JSON.stringify(list))).toEqual(list);
});
