import { Counter, Histogram, type Registry } from 'prom-client';
import type { Driver } from '#targets';

/** Counts the answers of drivers by class, and times their requests. */
export function driverMeter(registry: Registry): (name: string, driver: Driver) => Driver {
  const answers = new Counter({
    name: 'connector_answers_total',
    help: 'Answers of targets to single writes, by class',
    labelNames: ['driver', 'answer'] as const,
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'connector_write_seconds',
    help: 'Duration of one call that writes a batch to a target',
    labelNames: ['driver'] as const,
    buckets: [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30],
    registers: [registry],
  });
  return (name, driver) => ({
    capabilities: driver.capabilities,
    list: (signal) => driver.list(signal),
    ...(driver.countUses ? { countUses: driver.countUses.bind(driver) } : {}),
    ...(driver.listUses ? { listUses: driver.listUses.bind(driver) } : {}),
    probe: (signal) => driver.probe(signal),
    close: () => driver.close(),
    write: async (steps, signal) => {
      const stop = duration.startTimer({ driver: name });
      const given = await driver.write(steps, signal);
      stop();
      for (const { is } of given) answers.inc({ driver: name, answer: is });
      return given;
    },
  });
}
