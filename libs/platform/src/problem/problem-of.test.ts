import { QueryFailedError } from 'typeorm';
import { expect, test } from 'vitest';
import { problemOf } from './problem-of.ts';

test('whoever waited too long for a lock is told to try again', () => {
  const cause = Object.assign(new Error('canceling statement due to lock timeout'), { code: '55P03' });
  for (const error of [cause, new QueryFailedError('select pg_advisory_xact_lock(1)', [], cause)])
    expect(problemOf(error)).toMatchObject({
      code: 'busy',
      status: 503,
      headers: { 'retry-after': '5' },
    });
});
