import { run, sql, type Executor } from '#platform';

/** How long a relay that fell silent keeps its successor waiting. */
export const leaseMs = 10_000;
export const requestTimeoutMs = 3_000;
/** kafkajs may try three connections before a request gets to its socket. */
export const connectionTimeoutMs = 500;
/** By then a send is answered or given up; nothing is sent when less than this is left of the lease. */
export const sendTakesAtMostMs = requestTimeoutMs + 3 * connectionTimeoutMs;

export interface Lease {
  /** Id of the change log; a new one after a restore from a backup. */
  readonly epoch: string;
  /** Position of the last change that Kafka acknowledged. */
  readonly cursor: number;
  /** Milliseconds until the lease ends if another relay holds it; null when it is ours now. */
  readonly heldForMs: number | null;
}

/** Takes the lease when it is free or ended, and renews it when it is ours. */
export async function takeLease(db: Executor, holder: string): Promise<Lease> {
  const [mine] = await run<Omit<Lease, 'heldForMs'>>(
    db,
    sql`
    update relay set holder = ${holder}, leased_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1_000})
    where holder = ${holder} or leased_until is null or leased_until < clock_timestamp()
    returning epoch, cursor`,
  );
  if (mine) return { ...mine, heldForMs: null };
  const [other] = await run<Lease>(
    db,
    sql`
    select epoch, cursor, greatest(0, extract(epoch from leased_until - clock_timestamp()) * 1000)::float8 as "heldForMs" from relay`,
  );
  if (!other) throw new Error('the table relay lost its row');
  return other;
}

/** Remembers what Kafka acknowledged. @returns false when the lease is not ours any more */
export async function storeCursor(db: Executor, holder: string, cursor: number): Promise<boolean> {
  const rows = await run<{ cursor: number }>(
    db,
    sql`
    update relay set cursor = ${cursor} where holder = ${holder} and cursor <= ${cursor} returning cursor`,
  );
  return rows.length === 1;
}

/** Gives the lease back, so that a successor need not wait. */
export async function releaseLease(db: Executor, holder: string): Promise<void> {
  await run(db, sql`update relay set holder = null, leased_until = null where holder = ${holder}`);
}
