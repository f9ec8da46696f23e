import { randomUUID } from 'node:crypto';
import type { Alarm } from '../delivery/alarm.ts';
import { claimCheck } from './claim-check.ts';
import { runCheck, type DriftContext } from './run-check.ts';

/** Checks that are due, one after the other; several processes share them by lease. */
export async function driftLoop(
  context: DriftContext,
  alarm: Alarm,
  pollMs: number,
  signal: AbortSignal,
  turned: () => void,
): Promise<void> {
  const holder = randomUUID();
  while (!signal.aborted) {
    const ring = alarm.next(pollMs, signal);
    const { leaseMs, mendedMs } = context.settings;
    const claim = await claimCheck(context.dataSource, holder, leaseMs, mendedMs);
    if (claim) await runCheck(context, claim, signal);
    turned();
    if (!claim) await ring;
  }
}
