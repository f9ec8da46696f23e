import type { DataSource } from 'typeorm';
import type { Logger } from '#platform';
import { renewLeases } from './system-lease.ts';
import type { Holder } from './turn.ts';

/** So many times a lease is renewed before it would end. */
const renewals = 4;

interface Kept {
  readonly key: Holder;
  readonly lost: AbortController;
  /** Of `performance.now()`: until then nobody else can have the system. */
  goodUntil: number;
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

  /** @returns `lost` aborts when the lease is lost, or may be; `end` must be called at last */
  keep(key: Holder): { readonly lost: AbortSignal; readonly end: () => void } {
    const lease = { key, lost: new AbortController(), goodUntil: performance.now() + this.leaseMs };
    this.kept.add(lease);
    this.timer ??= setInterval(() => void this.renew(), this.leaseMs / renewals);
    return { lost: lease.lost.signal, end: () => this.forget(lease) };
  }

  private async renew(): Promise<void> {
    const now = performance.now();
    const leases = [...this.kept];
    for (const lease of leases) if (now > lease.goodUntil - this.leaseMs / renewals) this.giveUp(lease);
    if (this.isAsking || this.kept.size === 0) return;
    this.isAsking = true;
    try {
      const keys = leases.map(({ key }) => key);
      const ours = await renewLeases(this.dataSource, keys, this.leaseMs);
      for (const lease of leases) {
        if (ours.has(lease.key.systemId)) lease.goodUntil = now + this.leaseMs;
        else this.giveUp(lease);
      }
    } catch (error) {
      this.logger.warn({ err: error, systems: leases.length }, 'the leases could not be renewed');
    } finally {
      this.isAsking = false;
    }
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
