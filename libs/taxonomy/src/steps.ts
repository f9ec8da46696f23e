/** Long work in pieces: it yields where whoever runs it may do something else first, and returns what came of it. */
export type Steps<T> = Generator<void, T>;

/** So many items are a piece: some milliseconds of work. */
export const pieceSize = 1_000;

/** Runs all pieces at once, for whoever has nothing else to do. */
export function finish<T>(steps: Steps<T>): T {
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}
