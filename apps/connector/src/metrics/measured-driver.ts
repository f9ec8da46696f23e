import { Counter, Histogram, type Registry } from 'prom-client';
import type { Answer, Driver } from '#targets';

/** Counts the answers of drivers by class, and times their requests. */
export function driverMeter(registry: Registry): (name: string, driver: Driver) => Driver {
  /** Since the last scrape: to look up a counter by its labels for each record is dear. */
  const counted = new Map<string, Map<Answer['is'], number>>();
  const countsOf = (name: string): Map<Answer['is'], number> => {
    const counts = counted.get(name) ?? new Map<Answer['is'], number>();
    counted.set(name, counts);
    return counts;
  };
  registry.registerMetric(
    new Counter({
      name: 'connector_answers_total',
      help: 'Answers of targets to single writes, by class',
      labelNames: ['driver', 'answer'] as const,
      registers: [],
      collect() {
        for (const [driver, given] of counted) {
          for (const [answer, count] of given) this.inc({ driver, answer }, count);
          given.clear();
        }
      },
    }),
  );
  const duration = new Histogram({
    name: 'connector_write_seconds',
    help: 'Duration of one call that writes a batch to a target',
    labelNames: ['driver'] as const,
    buckets: [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30],
    registers: [registry],
  });
  return (name, driver) => {
    const counts = countsOf(name);
    const timed = duration.labels(name);
    const measure = async (sent: Promise<Answer[]>): Promise<Answer[]> => {
      const since = performance.now();
      const answers = await sent;
      timed.observe((performance.now() - since) / 1_000);
      for (const { is } of answers) counts.set(is, (counts.get(is) ?? 0) + 1);
      return answers;
    };
    const remove = driver.delete?.bind(driver);
    return {
      capabilities: driver.capabilities,
      list: (signal) => driver.list(signal),
      ...(driver.countUses ? { countUses: driver.countUses.bind(driver) } : {}),
      ...(driver.listUses ? { listUses: driver.listUses.bind(driver) } : {}),
      probe: (signal) => driver.probe(signal),
      close: () => driver.close(),
      write: (steps, signal) => measure(driver.write(steps, signal)),
      ...(remove ? { delete: (ids, signal) => measure(remove(ids, signal)) } : {}),
    };
  };
}
