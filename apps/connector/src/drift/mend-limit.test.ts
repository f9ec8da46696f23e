import { expect, test } from 'vitest';
import { isTooMuch } from './mend-limit.ts';

test.each([
  ['a few of a small target', 10, 12, 0, false],
  ['one more', 11, 12, 0, true],
  ['a fifth of a large one', 90, 450, 0, false],
  ['more than a fifth', 91, 450, 0, true],
  ['as many as an operator released', 400, 450, 400, false],
  ['more than an operator has seen', 401, 450, 400, true],
])('%s', (_, wrong, known, released, isHeld) => {
  expect(isTooMuch({ wrong, known, released }, 20)).toBe(isHeld);
});
