import { run, runCount, sql, type Executor } from '#platform';
import { wake } from '../delivery/wake.ts';
import type { DeliveryState } from './schemas.ts';

/** Whether an act changed anything; else all is as it says. */
export type ChangedDeliveries = DeliveryState & { readonly changed: boolean };

/**
 * Stops all deliveries to all targets, until they are let go on; requests under way end. A stop that lasts already stays, with
 * its reason and since when.
 */
export async function stopDeliveries(transaction: Executor, reason: string): Promise<ChangedDeliveries> {
  const count = await runCount(
    transaction,
    sql`insert into halt (reason) values (${reason}) on conflict (id) do nothing`,
  );
  return { ...(await readDeliveries(transaction)), changed: count > 0 };
}

/** Not stopped is fine. */
export async function letDeliveriesGoOn(transaction: Executor): Promise<ChangedDeliveries> {
  const count = await runCount(transaction, sql`delete from halt`);
  await wake(transaction);
  return { ...(await readDeliveries(transaction)), changed: count > 0 };
}

export async function readDeliveries(executor: Executor): Promise<DeliveryState> {
  const [halt] = await run<{ reason: string; since: Date }>(executor, sql`select reason, since from halt`);
  return halt ? { stopped: { reason: halt.reason, since: halt.since.toISOString() } } : { stopped: null };
}
