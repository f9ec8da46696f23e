import { describe, expect, it } from 'vitest';
import type { Answer } from '#targets';
import { weigh } from './answers.ts';
import { pauseMs } from './pause.ts';
import type { PlannedStep } from './plan.ts';

const step = {} as PlannedStep;
const weighed = (...answers: Answer[]) =>
  weigh(
    answers.map(() => step),
    answers,
  );
const done: Answer = { is: 'done', externalId: 'r1' };
const rejected: Answer = { is: 'rejected', reason: 'no' };
const failing: Answer = { is: 'failing', reason: 'the server answers 503' };
const unknown: Answer = { is: 'unknown', reason: 'the connection was cut' };

describe('the answers of one batch', () => {
  it('are done, rejected or gone one by one', () => {
    const { outcomes, ...rest } = weighed(done, rejected, { is: 'gone', reason: 'deleted' });
    expect(outcomes.map(({ is }) => is)).toEqual(['done', 'rejected', 'gone']);
    expect(rest).toEqual({ trouble: null, isInDoubt: false, mustStop: false });
  });

  it('stop the turn when the whole batch came to nothing', () => {
    expect(weighed(failing, failing)).toEqual({
      outcomes: [],
      trouble: { is: 'failing', reason: 'the server answers 503' },
      isInDoubt: false,
      mustStop: true,
    });
  });

  it('let the turn go on when only some failed, and remember the trouble', () => {
    expect(weighed(done, failing)).toMatchObject({ mustStop: false, trouble: { is: 'failing' } });
  });

  it('leave the target in doubt when one was lost', () => {
    expect(weighed(unknown, unknown)).toMatchObject({
      isInDoubt: true,
      mustStop: true,
      trouble: { is: 'failing' },
    });
    expect(weighed(done, unknown)).toMatchObject({ isInDoubt: true, mustStop: false });
  });

  it('stop at once for as long as the target asks, the longest of all', () => {
    const slow = (retryAfterMs: number): Answer => ({
      is: 'slow-down',
      retryAfterMs,
      reason: 'too many requests',
    });
    expect(weighed(done, slow(100), slow(500), failing)).toMatchObject({
      mustStop: true,
      trouble: { is: 'slow-down', retryAfterMs: 500 },
    });
  });

  it('must be as many as the steps', () => {
    expect(() => weigh([step, step], [done])).toThrow('the driver gave 1 answers to 2 steps');
  });
});

describe('the pause after trouble', () => {
  const steps = [1_000, 5_000, 30_000];

  it('grows from failure to failure, half of it by chance, and stays at the last step', () => {
    const trouble = { is: 'failing', reason: '' } as const;
    expect([0, 1, 2, 3, 9].map((failures) => pauseMs(trouble, failures, steps, 1))).toEqual([
      1_000, 5_000, 30_000, 30_000, 30_000,
    ]);
    expect(pauseMs(trouble, 1, steps, 0)).toBe(2_500);
  });

  it('is what the target asked for', () => {
    expect(pauseMs({ is: 'slow-down', reason: '', retryAfterMs: 1_234 }, 5, steps)).toBe(1_234);
  });
});
