import type { DataSource } from 'typeorm';
import { isRefusal, type Refusal } from '#platform';
import { isOfDryRun, type Driver, type DryRequest, type Step, type Trouble } from '#targets';
import { inBatchesOf } from '../delivery/batches.ts';
import { isDeletion, toStep, writesFirst } from '../delivery/deliver.ts';
import type { DriverCabinet } from '../delivery/driver-cabinet.ts';
import type { Workload } from '../delivery/load-work.ts';
import type { PlannedStep } from '../delivery/plan.ts';
import { keyFor } from '../delivery/record-key.ts';
import { senderTo, type Sender } from '../delivery/sender.ts';
import { unreadable } from '../observation/reach-target.ts';
import { planFor } from './rehearse.ts';
import type { DryBatch, DryRun, DryRunPage } from './schemas.ts';

/**
 * The requests that would bring a target to a revision, batch by batch, made by its own driver; none that writes is sent.
 * @param page `after`: so many batches are left out
 */
export async function dryRun(
  db: DataSource,
  drivers: DriverCabinet,
  targetId: string,
  { revision: asked, after, limit }: DryRunPage,
  signal: AbortSignal,
): Promise<DryRun | Refusal> {
  const planned = await planFor(db, drivers, targetId, asked ?? null);
  if (isRefusal(planned)) return planned;
  const { target, revision, workloads } = planned;
  const all = batchesOf(workloads, target.opened.driver.capabilities);
  const told: DryRequest[] = [];
  const driver = target.opened.openDry((request) => void told.push(request));
  const batches: DryBatch[] = [];
  try {
    for (const batch of all.slice(after, after + limit)) {
      const found = await runDry(batch, senderTo(driver), told, signal);
      if ('trouble' in found) return unreadable(targetId, found.trouble.reason);
      batches.push(found);
    }
  } finally {
    await driver.close();
  }
  const next = after + limit < all.length ? after + limit : null;
  return { target: targetId, applied: target.applied, revision, batches, next };
}

interface Planned {
  readonly step: Step;
  readonly code: string;
  readonly isDeleted: boolean;
}

/**
 * The steps of all turns in the batches in which delivery would send them. What a record that will be made is called nobody
 * knows before; wherever its id stands there is `rehearsed` with our key of it.
 */
function batchesOf(workloads: readonly Workload[], capabilities: Driver['capabilities']): Planned[][] {
  return workloads.flatMap(({ plan, records: held }) => {
    const records = new Map(held);
    const stepAt = (place: number): PlannedStep => {
      const step = plan.steps[place];
      if (!step) throw new RangeError(`the plan has no step ${place}`);
      return step;
    };
    const stepOf = (place: number): Step => toStep(stepAt(place), records);
    return plan.waves.flatMap((wave) => {
      const queue = writesFirst(wave, plan).flatMap((places) => inBatchesOf(places, stepOf, capabilities));
      const batches = queue.map((places) =>
        places.map((place) => ({
          step: stepOf(place),
          code: stepAt(place).work.code,
          isDeleted: isDeletion(stepAt(place)),
        })),
      );
      for (const { work } of wave.map(stepAt)) {
        const key = keyFor(work);
        if (!records.has(work.conceptId))
          records.set(work.conceptId, capabilities.givesIds ? `rehearsed ${key}` : key);
      }
      return batches;
    });
  });
}

/**
 * Lets a driver put a batch into requests, of which none that writes is sent; it reads what it always reads before it writes.
 * @param told what the driver tells while it works
 * @returns the trouble of a target that cannot be read
 */
async function runDry(
  batch: readonly Planned[],
  { write, remove }: Sender,
  told: DryRequest[],
  signal: AbortSignal,
): Promise<DryBatch | { readonly trouble: Trouble }> {
  told.length = 0;
  const send = batch[0]?.isDeleted ? remove : write;
  const answers = await send(
    batch.map(({ step }) => step),
    signal,
  );
  for (const answer of answers) {
    const isTrouble = answer.is === 'failing' || answer.is === 'slow-down' || answer.is === 'unknown';
    if (isTrouble && !isOfDryRun(answer)) return { trouble: answer };
  }
  return {
    codes: batch.map(({ code }) => code),
    requests: [...told],
    open: answers.flatMap((answer, i) => {
      const code = batch[i]?.code ?? '';
      return answer.is === 'rejected' || answer.is === 'gone' ? [{ code, reason: answer.reason }] : [];
    }),
  };
}
