import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Verdict } from './verdict.ts';

const failing = (targetId: string) =>
  ({
    targetId,
    failures: 0,
    trouble: { is: 'failing', reason: `no answer to ${targetId}`, aboutSystem: true },
  }) as const;
const noFolder = (targetId: string) =>
  ({ targetId, failures: 0, trouble: { is: 'failing', reason: 'the folder is not there' } }) as const;
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

  it.each([false, true])('fails alone at once when the server says why, on trial: %s', (isOnTrial) => {
    const verdict = new Verdict(isOnTrial);
    for (const id of ['a', 'b', 'c', 'd']) verdict.failed(noFolder(id));
    expect(verdict.takeConvicted()).toEqual(['a', 'b', 'c', 'd'].map(noFolder));
    expect(verdict).toMatchObject({ trouble: null, hasAnswers: true, isInDoubt: false });
  });
});

describe('a system', () => {
  it('is in doubt when three targets fail with no answer between, and fails when nobody answers for it', () => {
    const verdict = new Verdict(false);
    for (const id of ['a', 'b']) verdict.failed(failing(id));
    expect(verdict.isInDoubt).toBe(false);
    verdict.failed(failing('c'));
    expect([verdict.isInDoubt, verdict.trouble]).toEqual([true, null]);
    verdict.nobodyAnswersFor();
    verdict.close();
    expect(verdict.trouble).toEqual(failing('c').trouble);
    expect(verdict.takeConvicted()).toEqual([]);
  });

  it('is asked to slow down by any of its targets', () => {
    const verdict = new Verdict(false);
    verdict.failed(slow);
    verdict.blameSystem({ is: 'failing', reason: 'later' });
    expect(verdict.trouble).toEqual(slow.trouble);
  });

  it('that failed before is in doubt, then asked by five, then by all', () => {
    const verdict = new Verdict(true);
    expect([verdict.isInDoubt, verdict.room(200)]).toEqual([true, 1]);
    verdict.answered('a');
    expect([verdict.isInDoubt, verdict.room(200)]).toEqual([false, 5]);
    for (let i = 0; i < 4; i++) verdict.answered('a');
    expect(verdict.room(200)).toBe(200);
  });
});

type Health = 'well' | 'no-folder' | 'mute';

/** Works targets one by one as `workTargets` does; `alive`: whether somebody who is asked for the system answers. */
function work(targets: readonly Health[], isOnTrial: boolean, alive: boolean) {
  const verdict = new Verdict(isOnTrial);
  const asked: number[] = [];
  const settle = (): void => {
    if (!verdict.isInDoubt) return;
    if (alive) verdict.answered('witness');
    else verdict.blameSystem(failing('witness').trouble);
  };
  settle();
  targets.forEach((health, i) => {
    if (verdict.trouble) return;
    asked.push(i);
    if (health === 'well' && alive) verdict.answered(`${i}`);
    else verdict.failed(health === 'no-folder' && alive ? noFolder(`${i}`) : failing(`${i}`));
    settle();
  });
  verdict.close();
  const convicted = verdict.takeConvicted().map(({ targetId }) => Number(targetId));
  return { verdict, asked, convicted };
}

const healths = fc.array(fc.constantFrom<Health>('well', 'no-folder', 'mute'), { maxLength: 40 });

it('as long as one answers for the system, all are asked, and those that fail are convicted, and they alone', () => {
  fc.assert(
    fc.property(healths, fc.boolean(), (targets, isOnTrial) => {
      const { verdict, asked, convicted } = work(targets, isOnTrial, true);
      expect(verdict.trouble).toBeNull();
      expect(asked).toHaveLength(targets.length);
      const broken = targets.flatMap((health, i) => (health === 'well' ? [] : [i]));
      expect(convicted.toSorted((a, b) => a - b)).toEqual(broken);
    }),
  );
});

it('a dead system is blamed after three of its targets at most, none when it is on trial, and none is convicted', () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 40 }), fc.boolean(), (count, isOnTrial) => {
      const targets = Array.from({ length: count }, (): Health => 'well');
      const { verdict, asked, convicted } = work(targets, isOnTrial, false);
      expect(verdict.trouble).not.toBeNull();
      expect(asked).toHaveLength(isOnTrial ? 0 : 3);
      expect(convicted).toEqual([]);
    }),
  );
});
