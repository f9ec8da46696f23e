import type { Answer } from '#targets';
import { sql } from '#platform';
import { asKept, say } from '#words';
import type { PlannedStep } from './plan.ts';

/** What became of one step, for the ledger. */
export type Outcome =
  | { readonly is: 'done'; readonly step: PlannedStep; readonly externalId: string }
  | {
      readonly is: 'rejected';
      readonly step: PlannedStep;
      readonly reason: string;
      /** The target failed on it, where others were taken. Uncertain: nobody knows what it made of it. */
      readonly failsAlone?: { readonly isUncertain: boolean };
    }
  | { readonly is: 'waits'; readonly step: PlannedStep; readonly reason: string }
  | { readonly is: 'gone'; readonly step: PlannedStep };

/** Why a record is stuck on which a target fails, where it takes others. */
export const failsAlone = (reason: string): string => asKept(say`fails on this record alone: ${reason}`);

/** Condition on `stuck`: it is not such a record, which waits for its own time: nothing that others give up mends it. */
export const failsNotAlone = sql`reason not like ${`${failsAlone('')}%`}`;

/** Why a target or its system must be left alone for a while. `slow-down` says itself for how long; `aboutSystem` is as in `Answer`. */
export type Trouble =
  | { readonly is: 'failing'; readonly reason: string; readonly aboutSystem?: true }
  | { readonly is: 'slow-down'; readonly reason: string; readonly retryAfterMs: number };

export interface Weighed {
  readonly outcomes: Outcome[];
  readonly trouble: Trouble | null;
  readonly isInDoubt: boolean;
  /** The whole batch came to nothing, or the target asks for a pause: do not send the next one. */
  readonly mustStop: boolean;
}

/** Sorts the answers of one batch by class. */
export function weigh(steps: readonly PlannedStep[], answers: readonly Answer[]): Weighed {
  if (answers.length !== steps.length) {
    throw new Error(`the driver gave ${answers.length} answers to ${steps.length} steps`);
  }
  const outcomes: Outcome[] = [];
  for (const [i, step] of steps.entries()) {
    const answer = answers[i];
    if (answer?.is === 'done') outcomes.push({ is: 'done', step, externalId: answer.externalId });
    if (answer?.is === 'rejected') outcomes.push({ is: 'rejected', step, reason: answer.reason });
    if (answer?.is === 'gone') outcomes.push({ is: 'gone', step });
  }
  if (outcomes.length === steps.length) return { outcomes, trouble: null, isInDoubt: false, mustStop: false };
  const slowDowns = answers.filter((answer) => answer.is === 'slow-down');
  const failures = answers.filter((answer) => answer.is === 'failing' || answer.is === 'unknown');
  return {
    outcomes,
    trouble: slowDowns.length > 0 ? longest(slowDowns) : (failures.map(asFailing)[0] ?? null),
    isInDoubt: answers.some(({ is }) => is === 'unknown'),
    mustStop: slowDowns.length > 0 || (failures.length > 0 && outcomes.length === 0),
  };
}

type SlowDown = Extract<Answer, { is: 'slow-down' }>;

const longest = (slowDowns: readonly SlowDown[]): SlowDown =>
  slowDowns.reduce((a, b) => (a.retryAfterMs >= b.retryAfterMs ? a : b));

const asFailing = (answer: Extract<Answer, { is: 'failing' | 'unknown' }>): Trouble => ({
  ...answer,
  is: 'failing',
});
