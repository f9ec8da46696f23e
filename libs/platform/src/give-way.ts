import { setImmediate } from 'node:timers/promises';

const sliceMs = 20;

/**
 * Runs work that comes in pieces, and lets other work of the process go on every 20 ms, so that requests are answered
 * meanwhile. What a piece takes longer than that, the others wait.
 */
export async function giveWay<T>(steps: Generator<void, T>): Promise<T> {
  let since = performance.now();
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    if (performance.now() - since < sliceMs) continue;
    await setImmediate();
    since = performance.now();
  }
}
