import { randomUUID } from 'node:crypto';
import type { Alarm } from './alarm.ts';
import { claimSystems } from './system-lease.ts';
import { workSystem, type DeliveryContext } from './work-system.ts';

/** So many systems are claimed at once: few, so that several processes that are woken together share the work. */
const claimSize = 16;

export interface LoopSettings {
  readonly pollMs: number;
  /** Systems at work together; one that is slow or dead costs the others nothing as long as there are places. */
  readonly mostSystems: number;
}

/**
 * Takes systems that have work and brings their targets as far as they go, many side by side; when there is none, it
 * waits for the alarm or for the poll. Several processes share the systems by lease.
 */
export async function deliveryLoop(
  context: DeliveryContext,
  alarm: Alarm,
  { pollMs, mostSystems }: LoopSettings,
  signal: AbortSignal,
  turned: () => void,
): Promise<void> {
  const holder = randomUUID();
  const atWork = new Set<Promise<void>>();
  const failed = new AbortController();
  const stop = AbortSignal.any([signal, failed.signal]);
  while (!stop.aborted) {
    const ring = alarm.next(pollMs, stop);
    const most = Math.min(claimSize, mostSystems - atWork.size);
    const { dataSource, settings } = context;
    const systems = most > 0 ? await claimSystems(dataSource, holder, settings.leaseMs, most) : [];
    for (const system of systems) {
      const work = workSystem(context, system, holder, stop)
        .catch((error: unknown) => failed.abort(error))
        .finally(() => {
          atWork.delete(work);
          alarm.ring();
        });
      atWork.add(work);
    }
    turned();
    if (systems.length === 0) await ring;
  }
  await Promise.all(atWork);
  if (failed.signal.aborted) throw failed.signal.reason;
}
