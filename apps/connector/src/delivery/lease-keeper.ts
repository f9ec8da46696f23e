import type { DataSource } from 'typeorm';
import type { Logger } from '#platform';
import { renewLeases } from './system-lease.ts';
import type { Holder } from './turn.ts';

/** So many times a lease is renewed before it would end. */
const renewals = 4;

interface Kept {
  readonly key: Holder;
  readonly lost: AbortController;
  /** Until then nobody else can have the system. */
  goodUntil: Moment;
}

/** By both clocks: that of a process does not run while its machine is suspended, and that of the day is set now and then. */
interface Moment {
  /** Of `performance.now()` */
  readonly process: number;
  /** Of `Date.now()` */
  readonly day: number;
}

export interface KeptLease {
  /** Aborts when the lease is lost, or may be. */
  readonly lost: AbortSignal;
  /** Aborts `lost` at once where it is time: after the process stood still, whoever comes to work before the timers do asks. */
  readonly check: () => void;
  /** Must be called at last. */
  readonly end: () => void;
}

/**
 * Renews the leases of all systems at work in this process, by one statement for all of them. A lease of which it is not known
 * in time that it was renewed is given up before it ends.
 */
export class LeaseKeeper {
  private readonly kept = new Set<Kept>();
  private timer: NodeJS.Timeout | undefined;
  private isAsking = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly leaseMs: number,
    private readonly logger: Logger,
  ) {}

  /** @param since of `performance.now()`, before the lease was taken */
  keep(key: Holder, since: number): KeptLease {
    const lease = { key, lost: new AbortController(), goodUntil: this.endOf(since) };
    this.kept.add(lease);
    const everyMs = this.leaseMs / renewals;
    this.timer ??= setInterval(() => void this.renew(), everyMs);
    if (performance.now() - since > everyMs) void this.renew();
    return {
      lost: lease.lost.signal,
      check: () => {
        if (this.mayEnd(lease)) this.giveUp(lease);
      },
      end: () => this.forget(lease),
    };
  }

  private async renew(): Promise<void> {
    const goodUntil = this.endOf(performance.now());
    const leases = [...this.kept];
    for (const lease of leases) if (this.mayEnd(lease)) this.giveUp(lease);
    if (this.isAsking || this.kept.size === 0) return;
    this.isAsking = true;
    try {
      const keys = leases.map(({ key }) => key);
      const ours = await renewLeases(this.dataSource, keys, this.leaseMs);
      for (const lease of leases) {
        if (ours.has(lease.key.systemId)) lease.goodUntil = goodUntil;
        else this.giveUp(lease);
      }
    } catch (error) {
      this.logger.warn({ err: error, systems: leases.length }, 'the leases could not be renewed');
    } finally {
      this.isAsking = false;
    }
  }

  /** @param since of `performance.now()` */
  private endOf(since: number): Moment {
    return { process: since + this.leaseMs, day: Date.now() - (performance.now() - since) + this.leaseMs };
  }

  private mayEnd({ goodUntil: { process, day } }: Kept): boolean {
    const early = this.leaseMs / renewals;
    return performance.now() > process - early || Date.now() > day - early;
  }

  private giveUp(lease: Kept): void {
    this.forget(lease);
    lease.lost.abort();
  }

  private forget(lease: Kept): void {
    this.kept.delete(lease);
    if (this.kept.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
