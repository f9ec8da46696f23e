import { fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import type { BenchClient } from './bench-client.ts';
import type { BenchStack } from './bench-stack.ts';
import { percentile } from './statistics.ts';

const publications = 300;
const warmUp = 20;
const arrivalSchema = z.tuple([z.string(), z.int(), z.number()]);

/** From COMMIT's return to the arrival at a consumer in another process, for publications of one change on the real map. */
export async function commitToConsumer(
  stack: BenchStack,
  client: BenchClient,
): Promise<Record<string, number>> {
  const consumer = fork(new URL('consumer-process.ts', import.meta.url), [stack.brokers], {
    execArgv: [],
  });
  const arrivals = new Map<number, number>();
  let arrived: (() => void) | undefined;
  try {
    await once(consumer, 'message');
    consumer.on('message', (message) => {
      const arrival = arrivalSchema.safeParse(message);
      if (arrival.success) arrivals.set(arrival.data[1], arrival.data[2]);
      arrived?.();
    });
    const latencies: number[] = [];
    for (let i = 0; i < warmUp + publications; i++) {
      const titles = { it: { official: `Porti ${i}` } };
      const { revision, committedAtMs } = await client.publishEdits('processi-camerali', [
        { op: 'change', entry: 'Z1.1.1.2', titles },
      ]);
      while (!arrivals.has(revision)) await new Promise<void>((resolve) => (arrived = resolve));
      if (i >= warmUp) latencies.push((arrivals.get(revision) ?? NaN) - committedAtMs);
    }
    return {
      commit_to_consumer_p50_ms: percentile(latencies, 0.5),
      commit_to_consumer_p99_ms: percentile(latencies, 0.99),
      commit_to_consumer_max_ms: Math.max(...latencies),
    };
  } finally {
    consumer.kill();
  }
}
