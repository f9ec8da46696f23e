import type { Trouble } from './answers.ts';

/** Of an error of our own, whatever it is: it may be over soon, and no target is to wait a day for it. */
export const mostOwnErrors = 2;

/**
 * How long to leave a system alone.
 * @param failures turns that ended in trouble before this one, in a row
 * @param stepsMs pauses of the first, second, … failure; the last one stays
 * @param chance 0 to 1; half of the pause is left to it, so that many targets do not come back at once
 */
export function pauseMs(
  trouble: Trouble,
  failures: number,
  stepsMs: readonly number[],
  chance: number = Math.random(),
): number {
  if (trouble.is === 'slow-down') return Math.max(0, trouble.retryAfterMs);
  const full = stepsMs[Math.min(failures, stepsMs.length - 1)] ?? 1_000;
  return Math.round(full * (0.5 + chance / 2));
}
