import { Gauge, type Registry } from 'prom-client';
import type { Consumption } from './consume-batches.ts';

/** Age of the last poll and lag by partition, as gauges. A rising age shows a dead consumer whose lag looks fine. */
export function exposeConsumption(registry: Registry, group: string, consumption: Consumption): void {
  const consumptions = byRegistry.get(registry);
  if (consumptions) return void consumptions.set(group, consumption);
  const known = new Map([[group, consumption]]);
  byRegistry.set(registry, known);
  registry.registerMetric(
    new Gauge({
      name: 'kafka_consumer_last_poll_age_seconds',
      help: 'Seconds since a consumer last asked the broker, or had a handler at work',
      labelNames: ['group'] as const,
      registers: [],
      collect() {
        for (const [name, { lastPollAt }] of known)
          this.set({ group: name }, (performance.now() - lastPollAt()) / 1_000);
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'kafka_consumer_lag',
      help: 'Messages of a partition that a group has not handled yet, as of the last batch',
      labelNames: ['group', 'topic', 'partition'] as const,
      registers: [],
      collect() {
        for (const [name, { progress }] of known) {
          for (const { topic, partition, lag } of progress())
            this.set({ group: name, topic, partition }, lag);
        }
      },
    }),
  );
}

const byRegistry = new WeakMap<Registry, Map<string, Consumption>>();
