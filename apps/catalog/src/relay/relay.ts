import type { MessagingLogger } from '#messaging';
import { waitOrStop, type Executor } from '#platform';
import { holdLease } from './hold-lease.ts';
import { releaseLease, storeCursor, takeLease, type Lease } from './lease.ts';
import { Pipeline, quietly } from './pipeline.ts';
import { readLog, type LogRow } from './read-log.ts';
import type { Wake } from './wake.ts';

export interface RelayOptions {
  readonly db: Executor;
  /** Id of this process among those that may relay. */
  readonly holder: string;
  /** Makes the topics and connects; called once for each turn as the active relay. */
  readonly connect: (signal: AbortSignal) => Promise<void>;
  /** Resolves when all in-sync replicas have the messages of these rows, in their order. */
  readonly send: (epoch: string, rows: readonly LogRow[]) => Promise<void>;
  readonly wake: Wake;
  readonly logger: MessagingLogger;
}

const pollMs = 1_000;

/**
 * Copies the change log to Kafka, at least once and in order.
 *
 * 1. One relay is active: it holds the lease; the others wait until that ends.
 * 2. It reads what stands behind its cursor. Publication is serialised, so no row ever appears behind a later one.
 * 3. It sends, while the next rows are read, and nothing when less than one request timeout is left of the lease: no
 *    late message of ours can then overwrite a newer one of a successor.
 * 4. What Kafka has acknowledged moves the cursor. After a failure it begins again at the cursor; consumers drop repeats.
 * 5. With nothing to read it waits for a notification, or a second.
 */
export async function relay(options: RelayOptions, signal: AbortSignal, turned: () => void): Promise<void> {
  const { db, holder } = options;
  while (!signal.aborted) {
    const takenAt = performance.now();
    const lease = await takeLease(db, holder);
    turned();
    if (lease.heldForMs !== null) {
      await waitOrStop(Math.min(lease.heldForMs + 10, pollMs), signal);
      continue;
    }
    try {
      await relayWhileLeased(options, lease, takenAt, signal, turned);
    } finally {
      if (signal.aborted) await releaseLease(db, holder);
    }
  }
}

async function relayWhileLeased(
  options: RelayOptions,
  { epoch, cursor }: Lease,
  takenAt: number,
  signal: AbortSignal,
  turned: () => void,
): Promise<void> {
  const { db, holder, connect, wake, logger } = options;
  const lease = holdLease(db, holder, takenAt);
  await connect(signal);
  await lease.renew();
  logger.info({ epoch, cursor }, 'relaying the change log');
  const pipeline = new Pipeline((position) => storeCursor(db, holder, position));
  let position = cursor;
  let upcoming = quietly(readLog(db, position));
  try {
    while (!signal.aborted) {
      const rows = await upcoming;
      turned();
      await lease.renew();
      const last = rows.at(-1);
      if (!last) {
        await pipeline.drain();
        await wake.wait(pollMs, signal);
        upcoming = quietly(readLog(db, position));
        continue;
      }
      position = last.position;
      upcoming = quietly(readLog(db, position));
      if (!lease.canSend()) throw new Error('the lease is about to end and could not be renewed');
      await pipeline.push(position, options.send(epoch, rows));
    }
    await pipeline.drain();
  } finally {
    // Whoever sends next must not be overtaken by what is still on its way.
    await pipeline.settle();
  }
}
