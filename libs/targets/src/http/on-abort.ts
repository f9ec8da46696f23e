interface Waiting {
  readonly act: () => void;
  place: number;
}

const waiting = new WeakMap<AbortSignal, Waiting[]>();

/**
 * Acts when a signal that lives long is aborted; it must not be aborted yet. All who wait for it share one listener: to add
 * and remove one for each request costs as much as to read its answer. They stand in a list and no Set: one that grows old
 * leaves tables behind that keep whoever waited once in memory, until the whole heap is looked through.
 * @returns how to wait no longer
 */
export function onAbort(signal: AbortSignal, act: () => void): () => void {
  const all = waiting.get(signal) ?? listenTo(signal);
  const mine: Waiting = { act, place: all.length };
  all.push(mine);
  return () => {
    if (all[mine.place] !== mine) return;
    const last = all.pop() ?? mine;
    if (last === mine) return;
    all[mine.place] = last;
    last.place = mine.place;
  };
}

function listenTo(signal: AbortSignal): Waiting[] {
  const all: Waiting[] = [];
  waiting.set(signal, all);
  signal.addEventListener('abort', () => [...all].forEach(({ act }) => act()), { once: true });
  return all;
}
