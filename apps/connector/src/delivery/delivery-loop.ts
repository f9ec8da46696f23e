import { randomUUID } from 'node:crypto';
import { claimSystem } from './system-lease.ts';
import type { Alarm } from './alarm.ts';
import { workSystem, type DeliveryContext } from './work-system.ts';

/**
 * One worker: takes a system that has work, brings its targets as far as they go, and takes the next; when there is
 * none, it waits for the alarm or for the poll. Several workers and processes share the systems by lease.
 */
export async function deliveryLoop(
  context: DeliveryContext,
  alarm: Alarm,
  pollMs: number,
  signal: AbortSignal,
  turned: () => void,
): Promise<void> {
  const holder = randomUUID();
  while (!signal.aborted) {
    const ring = alarm.next(pollMs, signal);
    const system = await claimSystem(context.dataSource, holder, context.settings.leaseMs);
    if (system) await workSystem(context, system, holder, signal);
    else await ring;
    turned();
  }
}
