import { codeFrom, resolve } from '#taxonomy';
import { bigHistory, lastRevision } from './big-history.ts';

/**
 * How many codes one process resolves in a second, from the first revision of a large scheme to the last.
 * Run: node_modules/.bin/node --expose-gc --conditions=source test/bench/resolve-speed.ts
 */
const questions = 2_000_000;
const before = memoryMb();
const started = performance.now();
const { index, firstCodes } = bigHistory();
const builtMs = performance.now() - started;
const memory = memoryMb() - before;

const counts = new Map<string, number>();
const asked = Array.from({ length: questions }, (_, i) =>
  codeFrom(firstCodes[(i * 7_919) % firstCodes.length] ?? ''),
);
const from = performance.now();
for (const code of asked) {
  const { status } = resolve(index, code, 1, lastRevision);
  counts.set(status, (counts.get(status) ?? 0) + 1);
}
const seconds = (performance.now() - from) / 1_000;
console.log({
  ranges: index.size,
  builtMs: Math.round(builtMs),
  memoryMb: Math.round(memory),
  codesPerSecond: Math.round(questions / seconds),
  ...Object.fromEntries(counts),
});

function memoryMb(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss / 1_048_576;
}
