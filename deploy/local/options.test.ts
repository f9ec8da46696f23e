import { expect, test } from 'vitest';
import { parseOptions } from './options.mjs';

test('without options it keeps the data and waits for the targets', () => {
  expect(parseOptions([])).toEqual({ fresh: false, wait: true, help: false });
});

test('options are taken in any order', () => {
  expect(parseOptions(['--no-wait', '--fresh'])).toEqual({ fresh: true, wait: false, help: false });
});

test('an unknown option is refused by name', () => {
  expect(parseOptions(['--fresh', '--frsh'])).toEqual({ unknown: '--frsh' });
});
