import { expect, test } from 'vitest';
import { eachApart } from './each-apart.ts';

test('what fails keeps none of the others from being worked, and all of it is thrown', async () => {
  const worked: number[] = [];
  const working = eachApart([1, 2, 3, 4], async (each) => {
    worked.push(each);
    await Promise.resolve();
    if (each % 2 === 1) throw new Error(`not ${each}`);
  });
  await expect(working).rejects.toMatchObject({ message: 'not 1; not 3', errors: [{}, {}] });
  expect(worked).toEqual([1, 2, 3, 4]);
  await expect(eachApart([], () => Promise.reject(new Error('never')))).resolves.toBeUndefined();
});
