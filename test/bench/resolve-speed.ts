import { codeFrom, conceptIdOf, HistoryIndex, resolve, type Code } from '#taxonomy';
import { bigCodes, titleOf } from './big-map.ts';

/**
 * How many codes one process resolves in a second, on a scheme of 350,000 entries with five revisions, each of which
 * renumbers 4 %, retires 1 % with one successor and splits 0.2 %. Run: node --expose-gc --conditions=source
 * test/bench/resolve-speed.ts
 */
const entries = 350_000;
const revisions = 5;
const started = performance.now();
const before = memoryMb();
const index = new HistoryIndex();
let codes = bigCodes(entries, 33);
const firstCodes = codes;
let ids = codes.map((code) => conceptIdOf('bench', 'first', code));
codes.forEach((code, i) => add(i, code, 1));
for (let revision = 2; revision <= revisions; revision++) revise(revision);
const builtMs = performance.now() - started;
const memory = memoryMb() - before;

const counts = new Map<string, number>();
const asked = Array.from({ length: 2_000_000 }, (_, i) => code(firstCodes[(i * 7_919) % entries]));
const from = performance.now();
for (const each of asked) {
  const { status } = resolve(index, each, 1, revisions);
  counts.set(status, (counts.get(status) ?? 0) + 1);
}
const seconds = (performance.now() - from) / 1_000;
console.log({
  ranges: index.size,
  builtMs: Math.round(builtMs),
  memoryMb: Math.round(memory),
  codesPerSecond: Math.round(asked.length / seconds),
  ...Object.fromEntries(counts),
});

/** Each revision touches other entries: a ring of codes is passed on by one place, others end with successors. */
function revise(revision: number): void {
  const moved: number[] = [];
  const [nextCodes, nextIds] = [[...codes], [...ids]];
  for (let i = revision; i < entries; i += 20) {
    const id = ids[i];
    if (!id) continue;
    index.endRange(id, revision);
    if (i % 100 < 80) moved.push(i);
    else retire(i, revision, nextIds);
  }
  moved.forEach((i, m) => {
    nextCodes[i] = codes[moved[(m + 1) % moved.length] ?? 0] ?? '';
  });
  [codes, ids] = [nextCodes, nextIds];
  for (const i of moved) add(i, codes[i] ?? '', revision);
}

function retire(i: number, revision: number, nextIds: typeof ids): void {
  const [predecessor, beside] = [ids[i], ids[i + 1]];
  const successor = conceptIdOf('bench', `revision ${revision}`, String(i));
  nextIds[i] = successor;
  add(i, codes[i] ?? '', revision, successor);
  if (!predecessor || !beside) return;
  const isSplit = i % 500 < 100;
  const kind = isSplit ? ('split' as const) : ('replaced' as const);
  const link = { revision, predecessor, kind, continues: false };
  index.addSuccession({ ...link, successor });
  if (isSplit) index.addSuccession({ ...link, successor: beside });
}

function add(i: number, text: string, revision: number, conceptId = ids[i]): void {
  if (conceptId)
    index.addRange({
      conceptId,
      code: codeFrom(text),
      title: titleOf(text, revision),
      from: revision,
      to: null,
    });
}

function code(text: string | undefined): Code {
  return codeFrom(text ?? '');
}

function memoryMb(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss / 1_048_576;
}
