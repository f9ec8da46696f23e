import { Counter, type Registry } from 'prom-client';

/** Counts work that ended in an error of our own, which is in the log: it is a defect, or the database was away. */
export function ownErrorCounter(registry: Registry, part: 'delivery' | 'drift'): () => void {
  const name = 'connector_own_errors_total';
  const counter =
    registry.getSingleMetric(name) ??
    new Counter({
      name,
      help: 'Work on a system (delivery) or a target (drift) that ended in an error of the connector itself',
      labelNames: ['part'] as const,
      registers: [registry],
    });
  if (!(counter instanceof Counter)) throw new TypeError(`${name} is no counter`);
  counter.inc({ part }, 0);
  return () => counter.inc({ part });
}
