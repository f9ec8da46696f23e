import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { BackgroundLoop, type LoopOptions } from './background-loop.ts';
import { createLogger } from './logging.ts';

const logger = createLogger('test', 'silent');

function loop(run: LoopOptions['run'], registry = new Registry(), name = 'relay') {
  return new BackgroundLoop({ name, run, logger, registry, backoff: { firstMs: 1, longestMs: 2 } });
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve());
  });
}

test('a loop that throws is started again, and told to stop it stops', async () => {
  let starts = 0;
  const { promise: third, resolve } = Promise.withResolvers<void>();
  const failing = loop(async (signal) => {
    if (++starts < 3) throw new Error('not yet');
    resolve();
    await untilAborted(signal);
  });
  failing.onApplicationBootstrap();
  await third;
  await failing.beforeApplicationShutdown();
  expect(starts).toBe(3);
});

test('a loop that ends by itself is started again', async () => {
  let starts = 0;
  const { promise: second, resolve } = Promise.withResolvers<void>();
  const ending = loop(async (signal) => {
    if (++starts < 2) return;
    resolve();
    await untilAborted(signal);
  });
  ending.start();
  await second;
  await ending.stop();
});

test('the age of the last turn of every loop is a gauge', async () => {
  const registry = new Registry();
  const relay = loop(async () => undefined, registry, 'relay');
  loop(async () => undefined, registry, 'intake');
  const metrics = await registry.metrics();
  expect(metrics).toMatch(/loop_last_turn_age_seconds\{loop="relay"\} [\d.e-]+/);
  expect(metrics).toMatch(/loop_last_turn_age_seconds\{loop="intake"\} [\d.e-]+/);
  expect(relay.ageSeconds()).toBeLessThan(5);
});
