import { setTimeout as wait } from 'node:timers/promises';

export interface Pauses {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** Doubling with the number of failures in a row (from 1), at most `longestMs`, half of it left to chance. */
export function pauseMs(failures: number, { firstMs, longestMs }: Pauses, chance = Math.random()): number {
  return Math.round(Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 30)) * (0.5 + chance / 2));
}

/** Waits, or returns at once when told to stop. Never rejects. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined);
}
