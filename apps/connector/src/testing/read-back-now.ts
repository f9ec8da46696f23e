import type { DataSource } from 'typeorm';
import { askCheck } from '../drift/ask-check.ts';
import { claimCheck } from '../drift/claim-check.ts';
import { runCheck } from '../drift/run-check.ts';
import { deliveryTo } from './delivery-harness.ts';
import type { SimulatedTarget } from './simulated-target.ts';

const settings = { everyMs: 86_400_000, mendedMs: 60_000, leaseMs: 30_000, againMs: 60_000 };

/** Reads back what a target holds, where it can be read just then. */
export async function readBack(db: DataSource, id: string, target: SimulatedTarget): Promise<void> {
  await askCheck(db, id);
  const claim = await claimCheck(db, crypto.randomUUID(), settings.leaseMs, settings.mendedMs);
  if (!claim) return;
  const { drivers, logger } = deliveryTo(db, { [id]: target });
  const context = { dataSource: db, drivers, logger, settings, onOwnError: fail };
  await runCheck(context, claim, new AbortController().signal);
}

function fail(): never {
  throw new Error('the check met an error of its own');
}
