import { describe, expect, it } from 'vitest';
import { Verdict } from './verdict.ts';

const failing = (targetId: string) =>
  ({ targetId, failures: 0, trouble: { is: 'failing', reason: `no answer to ${targetId}` } }) as const;
const slow = {
  targetId: 'a',
  failures: 0,
  trouble: { is: 'slow-down', reason: '', retryAfterMs: 9 },
} as const;

describe('a target that fails', () => {
  it('fails alone when another one answers after it', () => {
    const verdict = new Verdict(false);
    verdict.failed(failing('a'));
    expect([verdict.resting(), verdict.takeConvicted()]).toEqual([['a'], []]);
    verdict.answered('b');
    expect([verdict.resting(), verdict.takeConvicted()]).toEqual([[], [failing('a')]]);
    expect(verdict.trouble).toBeNull();
  });

  it('fails alone when nobody else was asked', () => {
    const verdict = new Verdict(false);
    verdict.failed(failing('a'));
    verdict.close();
    expect(verdict.takeConvicted()).toEqual([failing('a')]);
  });

  it('is not cleared by its own answers', () => {
    const verdict = new Verdict(false);
    verdict.failed(failing('a'));
    verdict.answered('a');
    expect(verdict.resting()).toEqual(['a']);
  });
});

describe('a system', () => {
  it('fails when three targets fail with no answer between, and then nobody fails alone', () => {
    const verdict = new Verdict(false);
    for (const id of ['a', 'b', 'c', 'd']) verdict.failed(failing(id));
    verdict.close();
    expect(verdict.trouble).toEqual({ is: 'failing', reason: 'no answer to c' });
    expect(verdict.takeConvicted()).toEqual([]);
  });

  it('is asked to slow down by any of its targets', () => {
    const verdict = new Verdict(false);
    verdict.failed(slow);
    verdict.blameSystem({ is: 'failing', reason: 'later' });
    expect(verdict.trouble).toEqual(slow.trouble);
  });

  it('that failed before is asked by one, then by five, then by all', () => {
    const verdict = new Verdict(true);
    expect(verdict.room(200)).toBe(1);
    verdict.answered('a');
    expect(verdict.room(200)).toBe(5);
    for (let i = 0; i < 4; i++) verdict.answered('a');
    expect(verdict.room(200)).toBe(200);
  });

  it('that failed before and fails its first probe is left alone again', () => {
    const verdict = new Verdict(true);
    verdict.failed(failing('a'));
    expect(verdict.trouble).not.toBeNull();
  });
});
