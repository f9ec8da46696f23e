import { run, sql, type Executor } from '#platform';
import { Gauge, type Registry } from 'prom-client';
import { today } from '../publication/effective-date.ts';

/** A figure for each sealed set that a conflict sent back to a person, as long as it is not sealed again or given up. */
export function exposeConflictDays(db: Executor, registry: Registry, clock: () => Date): void {
  registry.registerMetric(
    new Gauge({
      name: 'sealed_conflict_days',
      help: 'Days until the day of a sealed set that went back to a person; negative when it has passed',
      labelNames: ['scheme', 'draft'] as const,
      registers: [],
      async collect() {
        this.reset();
        const rows = await run<{ scheme: string; draft: string; days: number }>(
          db,
          sql`
          select scheme_id as scheme, id as draft, effective_date - ${today(clock())}::date as days
          from draft where returned_at is not null and state not in ('published', 'discarded')`,
        );
        for (const { days, ...labels } of rows) this.set(labels, days);
      },
    }),
  );
}
