import { setTimeout as wait } from 'node:timers/promises';

export interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
}

/**
 * How long to wait before attempt n + 1: doubling, at most `longestMs`, with half of it left to chance.
 * @param failures number of failures in a row, from 1
 * @param chance 0 to 1
 */
export function backoffMs(failures: number, { firstMs, longestMs }: Backoff, chance = Math.random()): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 30));
  return Math.round(full * (0.5 + chance / 2));
}

/** Waits, or returns at once when told to stop. Never rejects. */
export async function waitOrStop(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined);
}
