const checks = new WeakMap<AbortSignal, () => void>();

/**
 * Has `check` called at the last moment before each request that ends with this signal leaves. It may abort the signal, and then no byte
 * of the request does. For what holds only until a moment: a process that stood still for a while reads the answers that came meanwhile,
 * and sends what follows on them, before it looks at its timers.
 */
export function checkBeforeSending(signal: AbortSignal, check: () => void): void {
  checks.set(signal, check);
}

/** A request that ends with this signal is about to leave. */
export const lookBeforeSending = (signal: AbortSignal): void => checks.get(signal)?.();
