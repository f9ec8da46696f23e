import type { Logger } from '#platform';
import type { Delivered } from './deliver.ts';
import type { Plan } from './plan.ts';
import type { Turn } from './turn.ts';

/** One line for a turn. */
export function logTurn(
  logger: Logger,
  { targetId, applied, desired }: Turn,
  { steps, stopped }: Plan,
  { trouble, isComplete }: Delivered,
): void {
  const said = trouble ? { trouble: trouble.is, reason: trouble.reason } : {};
  const counts = { steps: steps.length, stopped: stopped.length };
  logger.info({ target: targetId, applied, desired, ...counts, isComplete, ...said }, 'delivery turn');
}
