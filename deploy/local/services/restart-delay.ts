const secondsByAttempt = [1, 2, 5, 10] as const;

/** Seconds to wait before starting again something that ended by itself `attempt` times in a row (1, 2, …). */
export function restartDelay(attempt: number): number {
  return secondsByAttempt[attempt - 1] ?? 10;
}

/** Something that ran this long (ms) before it ended is started again as if for the first time. */
export const stableAfterMs = 60_000;
