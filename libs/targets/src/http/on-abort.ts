const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Acts when a signal that lives long is aborted; it must not be aborted yet. All who wait for it share one listener: to add
 * and remove one for each request costs as much as to read its answer.
 * @returns how to wait no longer
 */
export function onAbort(signal: AbortSignal, act: () => void): () => void {
  const acts = waiting.get(signal) ?? new Set();
  if (!waiting.has(signal)) {
    waiting.set(signal, acts);
    const all = (): void => [...acts].forEach((each) => each());
    signal.addEventListener('abort', all, { once: true });
  }
  acts.add(act);
  return () => void acts.delete(act);
}
