import { run, runCount, sql, type Executor } from '#platform';
import { wake } from '../delivery/wake.ts';
import type { DeliveryState } from './schemas.ts';

/** Stops all deliveries to all targets, until they are let go on; requests under way end. Already stopped is fine. */
export async function stopDeliveries(transaction: Executor, reason: string): Promise<DeliveryState> {
  await runCount(
    transaction,
    sql`insert into halt (reason) values (${reason}) on conflict (id) do update set reason = excluded.reason`,
  );
  return readDeliveries(transaction);
}

/** Not stopped is fine. */
export async function letDeliveriesGoOn(transaction: Executor): Promise<DeliveryState> {
  await runCount(transaction, sql`delete from halt`);
  await wake(transaction);
  return readDeliveries(transaction);
}

export async function readDeliveries(executor: Executor): Promise<DeliveryState> {
  const [halt] = await run<{ reason: string; since: Date }>(executor, sql`select reason, since from halt`);
  return halt ? { stopped: { reason: halt.reason, since: halt.since.toISOString() } } : { stopped: null };
}
