import { expect, it } from 'vitest';
import { stuckQuery } from './schemas.ts';

it.each([`x ${'-'.repeat(36)}`, 'A1 ', `A1\0 ${crypto.randomUUID()}`, crypto.randomUUID()])(
  'a page of what is stuck begins after no %j',
  (cursor) => {
    expect(stuckQuery.safeParse({ cursor }).success).toBe(false);
  },
);

it('a page of what is stuck begins after a code and a concept, or a concept alone', () => {
  const id = crypto.randomUUID();
  for (const cursor of [`A1.1 ${id}`, ` ${id}`])
    expect(stuckQuery.parse({ cursor })).toMatchObject({ cursor });
});
