import { childrenOf, holdersOf, type Forest } from './forest.ts';
import { judge, type Candidate, type Sides } from './judge.ts';
import { push } from './neighbours.ts';
import { openOf } from './suppose.ts';
import { TitleIndex } from './title-index.ts';

/** By row; undefined for one that is decided. */
export type Candidates = (Candidate[] | undefined)[];

const mostNamesakes = 8;
const mostCandidates = 5;
const leastScore = 0.12;
const leastSimilar = 0.3;

/** Candidates of each row that is not decided, best first. An entry is the first candidate of at most one row. */
export function* propose(sides: Sides): Generator<void, Candidates> {
  const { rows, base, links } = sides;
  const find = candidateFinder(sides);
  yield;
  const proposals = Array.from<Candidate[] | undefined>({ length: rows.size });
  for (let row = 0; row < rows.size; row++) {
    if (links.sureRow[row]) continue;
    const candidates: Candidate[] = [];
    const link = links.ofRow[row]!;
    const isCertain = link >= 0 && rows.title[row] !== 0 && base.title[link] === rows.title[row];
    for (const entry of find(row, isCertain)) {
      const candidate = judge(sides, row, entry, isCertain);
      if (candidate.score >= leastScore) candidates.push(candidate);
    }
    proposals[row] = candidates.sort(byScore).slice(0, mostCandidates);
    if (row % 5_000 === 0) yield;
  }
  giveEachEntryOneRow(proposals, base);
  return proposals;
}

/** Entries that a row may be: the supposed one, those with its title, its code, its place, and where it has none, similar ones. */
function candidateFinder({
  rows,
  base,
  links,
  features,
  codes,
}: Sides): (row: number, isCertain: boolean) => number[] {
  const entryOfCode = holdersOf(base, codes);
  const namesakes = new Map<number, number[]>();
  const open = openOf(base.size, (entry) => links.isOpenEntry(entry));
  for (const entry of open) push(namesakes, base.title[entry]!, entry);
  for (let entry = 0; entry < base.size; entry++)
    if (links.ofEntry[entry]! >= 0 && !links.sureEntry[entry]) {
      const group = namesakes.get(base.title[entry]!);
      if (!group || group.length < mostNamesakes) push(namesakes, base.title[entry]!, entry);
    }
  const index = new TitleIndex(open, base.title, features);
  return (row, isCertain) => {
    const found: number[] = [];
    const add = (entry: number | undefined) => {
      if (entry !== undefined && entry >= 0 && !links.sureEntry[entry] && !found.includes(entry))
        found.push(entry);
    };
    const title = rows.title[row]!;
    add(links.ofRow[row]);
    add(entryOfCode[rows.code[row]!]);
    const same = title === 0 ? [] : (namesakes.get(title) ?? []);
    for (let i = 0; i < same.length && i < mostNamesakes; i++) add(same[i]);
    if (isCertain) return found;
    for (const entry of openBelow(row)) add(entry);
    for (const { item } of index.similar(title, mostCandidates, leastSimilar)) add(item);
    return found;
  };

  function openBelow(row: number): number[] {
    const above = rows.parent[row]!;
    const parent = above < 0 ? -1 : links.ofRow[above]!;
    if (above >= 0 && parent < 0) return [];
    const waiting: number[] = [];
    for (const child of childrenOf(base, parent)) if (links.isOpenEntry(child)) waiting.push(child);
    if (waiting.length <= mostNamesakes) return waiting;
    const similarity = (entry: number) => features.similarity(rows.title[row]!, base.title[entry]!);
    return waiting
      .map((entry) => ({ entry, score: similarity(entry) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, mostNamesakes)
      .map(({ entry }) => entry);
  }
}

/** Of several rows with one first candidate the best keeps it; for the others it counts half. */
function giveEachEntryOneRow(proposals: Candidates, base: Forest): void {
  const isGiven = new Uint8Array(base.size);
  const scores = Float64Array.from(proposals, (candidates) => candidates?.[0]?.score ?? 0);
  for (const row of Int32Array.from(proposals.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b)) {
    const candidates = proposals[row] ?? [];
    if (candidates.some(({ entry }) => isGiven[entry])) {
      proposals[row] = candidates.map((each) =>
        isGiven[each.entry] ? { ...each, score: each.score / 2 } : each,
      );
      proposals[row].sort(byScore);
    }
    const first = proposals[row]?.[0];
    if (first) isGiven[first.entry] = 1;
  }
}

const byScore = (a: Candidate, b: Candidate): number => b.score - a.score || a.entry - b.entry;
