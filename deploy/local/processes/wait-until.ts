import { setTimeout as delay } from 'node:timers/promises';

/** Asks again and again until the answer is true; false when it was not within `withinMs`, or `signal` was aborted. */
export async function waitUntil(
  ask: () => Promise<boolean> | boolean,
  withinMs: number,
  { everyMs = 100, signal }: { everyMs?: number; signal?: AbortSignal } = {},
): Promise<boolean> {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; await delay(everyMs)) {
    if (signal?.aborted === true) return false;
    if (await ask()) return true;
  }
  return false;
}
