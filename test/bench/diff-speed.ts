import { codeFrom, conceptIdFrom, diff, rankOf, type ConceptId, type Entry } from '#taxonomy';
import { bigCodes, bigEdition, titleOf } from './big-map.ts';
import { median } from './statistics.ts';

/**
 * How long a comparison of two maps of 350,000 entries takes, both parsed from JSON as from a file of their own.
 * `node --conditions=source test/bench/diff-speed.ts [entries]`; prints the median of five for each kind of revision.
 */
const size = Number(process.argv[2] ?? 350_000);
const grammar = { separator: bigEdition.separator, levels: bigEdition.levels };

const codes = bigCodes(size, Math.ceil(Math.cbrt(size / 10)) + 1);
const ids = new Map(codes.map((code, i) => [code, uuid(i)]));
const base = codes.map((code): Entry => entryOf(code, code));

const scenarios: Record<string, () => Entry[]> = {
  'nothing changed': () => base,
  '2 % retitled': () =>
    base.map((entry, i) => (i % 50 === 0 ? { ...entry, titles: titled(entry.code ?? '', 1) } : entry)),
  'all codes renumbered': () =>
    codes.map((code) =>
      entryOf(
        code,
        code.replace(/\d+/g, (n) => `${+n + 1}`),
      ),
    ),
  'one branch moved': () =>
    codes.map((code) =>
      entryOf(code, code.startsWith('A1.1.') || code === 'A1.1' ? `A2.999${code.slice(4)}` : code),
    ),
};

for (const [name, next] of Object.entries(scenarios)) {
  const after = JSON.stringify(next());
  const before = JSON.stringify(base);
  const took: number[] = [];
  let changes = 0;
  for (let round = 0; round < 5; round++) {
    const [a, b] = [parse(before), parse(after)];
    const start = performance.now();
    changes = diff(a, b, { grammar }).length;
    took.push(performance.now() - start);
  }
  process.stdout.write(
    `${name}: ${Math.round(median(took))} ms, at least ${Math.round(Math.min(...took))}, at most ${Math.round(Math.max(...took))} ms, ${changes} changes\n`,
  );
}

function entryOf(identity: string, code: string): Entry {
  const parent = parentOf(code);
  const parentIdentity = identity === code ? parent : identityOfParent(identity, code);
  return {
    conceptId: ids.get(identity) ?? uuid(0),
    code: codeFrom(code),
    parentId: parentIdentity === null ? null : (ids.get(parentIdentity) ?? null),
    rank: rankOf(grammar, codeFrom(code)),
    titles: titled(identity, 0),
    notes: {},
    attributes: { usable: true },
  };
}

/** The head of the branch that moved stands below A2 now; everything else keeps its parent. */
function identityOfParent(identity: string, code: string): string | null {
  return code === 'A2.999' ? 'A2' : parentOf(identity);
}

function parentOf(code: string): string | null {
  return code.includes('.') ? code.slice(0, code.lastIndexOf('.')) : null;
}

function titled(code: string, round: number): Entry['titles'] {
  return { it: { official: titleOf(code, round) } };
}

function uuid(n: number): ConceptId {
  const hex = Math.imul(n + 1, 2_654_435_761) >>> 0;
  return conceptIdFrom(`${hex.toString(16).padStart(8, '0')}-0000-4000-8000-${String(n).padStart(12, '0')}`);
}

function parse(text: string): Map<ConceptId, Entry> {
  const entries: Entry[] = JSON.parse(text);
  return new Map(entries.map((entry) => [entry.conceptId, entry]));
}
