import { Histogram, type Registry } from 'prom-client';
import type { Stage } from '../delivery/run-turn.ts';
import type { AppliedRevision } from '../replica/advance.ts';

const buckets = [0.005, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1_000, 3_600, 21_600, 86_400];

/** How long a revision takes from its publication into the targets: each stage from the end of the one before it, and in all. */
export class StageTimes {
  private readonly stages: Histogram<'stage' | 'driver'>;
  private readonly revisions: Histogram<'driver'>;

  constructor(registry: Registry) {
    this.stages = new Histogram({
      name: 'connector_stage_seconds',
      help:
        'Seconds that each stage of a revision takes. kafka: from its publication until the broker has it; intake: until the ' +
        'replica holds it; first-attempt: from then, or from its day, until a turn of a target begins to send; acknowledged: ' +
        'until all of it is acknowledged there',
      labelNames: ['stage', 'driver'],
      buckets,
      registers: [registry],
    });
    this.revisions = new Histogram({
      name: 'connector_revision_seconds',
      help: 'Seconds from the publication of a revision until a target has acknowledged all of it',
      labelNames: ['driver'],
      buckets,
      registers: [registry],
    });
  }

  /** What was read from the catalog's API never was in the topics. */
  observeApplied({ publishedAt, brokerAt }: AppliedRevision): void {
    if (!brokerAt) return;
    this.stages.observe({ stage: 'kafka', driver: '' }, seconds(publishedAt, brokerAt));
    this.stages.observe({ stage: 'intake', driver: '' }, seconds(brokerAt, new Date()));
  }

  observeDelivery(stage: Stage, driver: string, since: Date): void {
    const taken = seconds(since, new Date());
    if (stage === 'complete') this.revisions.observe({ driver }, taken);
    else this.stages.observe({ stage, driver }, taken);
  }
}

const seconds = (from: Date, to: Date): number => Math.max(0, to.getTime() - from.getTime()) / 1_000;
