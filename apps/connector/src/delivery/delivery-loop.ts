import { randomUUID } from 'node:crypto';
import { waitOrStop } from '#platform';
import type { Alarm } from './alarm.ts';
import { claimSystems, nextLeaseEnd } from './system-lease.ts';
import { workSystem, type DeliveryContext } from './work-system.ts';

/** So many systems are claimed at once: few, so that several processes that are woken together share the work. */
const claimSize = 16;
/** To look through all systems is costly: as they end one after the other, places gather before they are given away. */
const claimEveryMs = 200;
/** So many times as long as it took to look, at least. */
const restFactor = 8;

export interface LoopSettings {
  readonly pollMs: number;
  /** Systems at work together; one that is slow or dead costs the others nothing as long as there are places. */
  readonly mostSystems: number;
}

/**
 * Takes systems that have work and brings their targets as far as they go, many side by side; when there is none, it
 * waits for the alarm, for the poll, or for the end of a lease that another process does not renew any more. Several
 * processes share the systems by lease. An error of our own in the work on one system rests that one; the others go on.
 */
export async function deliveryLoop(
  context: DeliveryContext,
  alarm: Alarm,
  { pollMs, mostSystems }: LoopSettings,
  stop: AbortSignal,
  turned: () => void,
): Promise<void> {
  const holder = randomUUID();
  /** By system. */
  const atWork = new Map<string, Promise<void>>();
  for (let claimAt = 0; !stop.aborted;) {
    const early = claimAt - performance.now();
    if (early > 0) await waitOrStop(early, stop);
    const ring = alarm.next(pollMs, stop);
    const most = Math.min(claimSize, mostSystems - atWork.size);
    const { dataSource, settings } = context;
    const lookedAt = performance.now();
    const ours = [...atWork.keys()];
    const systems = most > 0 ? await claimSystems(dataSource, holder, settings.leaseMs, most, ours) : [];
    const restMs = Math.max(claimEveryMs, restFactor * (performance.now() - lookedAt));
    claimAt = systems.length === claimSize ? 0 : performance.now() + Math.min(restMs, pollMs);
    for (const system of systems) {
      const work = workSystem(context, system, holder, lookedAt, stop)
        .catch((error: unknown) => {
          context.logger.error(
            { err: error, system: system.id },
            'an error of our own; the system is left alone',
          );
          context.onOwnError();
        })
        .finally(() => {
          atWork.delete(system.id);
          alarm.ring();
        });
      atWork.set(system.id, work);
    }
    turned();
    if (systems.length > 0) continue;
    const leaseEnd = most > 0 ? await nextLeaseEnd(dataSource, holder) : null;
    if (leaseEnd !== null && leaseEnd < pollMs) alarm.ringIn(leaseEnd);
    await ring;
  }
  await Promise.all(atWork.values());
}
