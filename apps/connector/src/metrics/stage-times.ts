import { Histogram, type Registry } from 'prom-client';
import type { Stage } from '../delivery/run-turn.ts';
import type { AppliedRevision } from '../replica/advance.ts';

/** How long each stage takes from the publication of a revision to its last acknowledgement. */
export class StageTimes {
  private readonly times: Histogram<'stage' | 'driver'>;

  constructor(registry: Registry) {
    this.times = new Histogram({
      name: 'connector_stage_seconds',
      help:
        'Seconds since the publication of a revision until it was received, was applied to the replica, ' +
        'was first sent to a target, first acknowledged by it, and complete there',
      labelNames: ['stage', 'driver'],
      buckets: [0.005, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1_000, 3_600],
      registers: [registry],
    });
  }

  observeApplied({ publishedAt, receivedAt }: AppliedRevision): void {
    this.times.observe({ stage: 'received', driver: '' }, seconds(publishedAt, receivedAt));
    this.times.observe({ stage: 'applied', driver: '' }, seconds(publishedAt, new Date()));
  }

  observeDelivery(stage: Stage, driver: string, publishedAt: Date): void {
    this.times.observe({ stage, driver }, seconds(publishedAt, new Date()));
  }
}

const seconds = (from: Date, to: Date): number => Math.max(0, to.getTime() - from.getTime()) / 1_000;
