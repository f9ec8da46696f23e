import { Counter, Histogram, type Registry } from 'prom-client';
import type { Answer, Driver } from '#targets';

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
  const measure = async (name: string, send: () => Promise<Answer[]>): Promise<Answer[]> => {
    const stop = duration.startTimer({ driver: name });
    const given = await send();
    stop();
    for (const { is } of given) answers.inc({ driver: name, answer: is });
    return given;
  };
  return (name, driver) => {
    const remove = driver.delete?.bind(driver);
    return {
      capabilities: driver.capabilities,
      list: (signal) => driver.list(signal),
      ...(driver.countUses ? { countUses: driver.countUses.bind(driver) } : {}),
      ...(driver.listUses ? { listUses: driver.listUses.bind(driver) } : {}),
      probe: (signal) => driver.probe(signal),
      close: () => driver.close(),
      write: (steps, signal) => measure(name, () => driver.write(steps, signal)),
      ...(remove ? { delete: (ids, signal) => measure(name, () => remove(ids, signal)) } : {}),
    };
  };
}
