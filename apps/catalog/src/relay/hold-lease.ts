import { type Executor } from '#platform';
import { leaseMs, sendTakesAtMostMs, takeLease } from './lease.ts';

/** A lease that is ours, as far as the monotonic clock of this process can tell. */
export interface HeldLease {
  /** Whether a request that starts now is answered or given up before the lease ends. */
  canSend(): boolean;
  /** Renews, unless there is time enough. @throws when somebody else holds it */
  renew(): Promise<void>;
}

/** @param takenAt `performance.now()` before the statement that took the lease was sent */
export function holdLease(db: Executor, holder: string, takenAt: number): HeldLease {
  let endsAt = takenAt + leaseMs;
  return {
    canSend: () => performance.now() + sendTakesAtMostMs < endsAt,
    renew: async () => {
      const now = performance.now();
      if (endsAt - now > leaseMs * 0.75) return;
      const { heldForMs } = await takeLease(db, holder);
      if (heldForMs !== null) throw new Error('another relay has taken the lease');
      endsAt = now + leaseMs;
    },
  };
}
