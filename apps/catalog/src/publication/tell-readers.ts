const readers = new Set<() => void>();

/** Calls back right after each commit of this process that wrote the change log; others are told by Postgres a little later. */
export function whenPublished(tell: () => void): { stop(): void } {
  readers.add(tell);
  return { stop: () => void readers.delete(tell) };
}

export function tellReaders(): void {
  for (const tell of readers) tell();
}
