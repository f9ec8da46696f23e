import type { ConceptId } from '../entry.ts';
import { decideAutomatically } from './automatic.ts';
import { plant, Vocabulary, type Forest } from './forest.ts';
import { asNew, type Candidate } from './judge.ts';
import { labeller } from './label.ts';
import { Links } from './links.ts';
import {
  mostProposals,
  type Fixed,
  type MatchItem,
  type Matching,
  type Proposal,
  type RetiredMatch,
  type RowMatch,
  type Tie,
} from './matching.ts';
import { propose, type Candidates } from './propose.ts';
import { shapesOf } from './shapes.ts';
import { openOf, suppose } from './suppose.ts';
import { findTies, type NumberedTie } from './ties.ts';
import { TitleFeatures } from './title-words.ts';

const nothingFixed: Fixed = { rows: new Map(), retired: new Set() };

/**
 * Matches the rows of an imported edition with the entries of its base (DESIGN.md section 5 step 2). What is fixed is
 * taken; what is beyond doubt is decided; everything else gets proposals with their evidence and waits for a person.
 */
export function match(
  rows: readonly MatchItem[],
  base: readonly MatchItem<ConceptId>[],
  fixed: Fixed = nothingFixed,
): Matching {
  const steps = matchInSteps(rows, base, fixed);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/** The same, giving way between steps of at most some tenths of a second, for whoever has other things to do. */
export function* matchInSteps(
  rowItems: readonly MatchItem[],
  baseItems: readonly MatchItem<ConceptId>[],
  fixed: Fixed,
): Generator<void, Matching> {
  const vocabulary = new Vocabulary();
  const rows = plant(rowItems, vocabulary);
  yield;
  const base = plant(baseItems, vocabulary);
  yield;
  const links = fixedLinks(rowItems, baseItems, fixed);
  const isFixed = links.sureRow.slice();
  decideAutomatically(rows, base, links, vocabulary.codes);
  yield;
  const features = new TitleFeatures(vocabulary.titles);
  yield* suppose(rows, base, links, features);
  const sides = { rows, base, links, features, codes: vocabulary.codes };
  const candidates = yield* propose(sides);
  const { entryOf, rowOf } = firstChoices(rows, base, links, candidates);
  const ending = openOf(base.size, (entry) => rowOf[entry] === -1);
  const beginning = openOf(rows.size, (row) => entryOf[row] === -1);
  const ties = yield* findTies(sides, ending, beginning, rowOf, entryOf);
  const told = tieTeller(rowItems, baseItems, ties);
  const splitOff = new Set(ties.filter(({ entry }) => rowOf[entry]! >= 0).map(({ row }) => row));
  const rawTitles = { rows: rowItems.map(({ title }) => title), base: baseItems.map(({ title }) => title) };
  const labelsOf = labeller(sides, rawTitles, entryOf, rowOf);
  yield;
  const matched = rowItems.map(({ id }, row): RowMatch => {
    const entry = entryOf[row]!;
    const own = candidates[row];
    return {
      rowId: id,
      how: isFixed[row] ? 'fixed' : links.sureRow[row] ? 'automatic' : 'open',
      conceptId: entry < 0 ? null : baseItems[entry]!.id,
      proposals: own ? proposalsFrom(own, baseItems) : [],
      origins: entry < 0 ? told.ofRow(row) : [],
      labels: entry < 0 && splitOff.has(row) ? [...labelsOf(row), 'split-off'] : labelsOf(row),
    };
  });
  const shapes = shapesOf(ties, ending, entryOf);
  const retired = ending.map((entry): RetiredMatch => ({
    conceptId: baseItems[entry]!.id,
    how: fixed.retired.has(baseItems[entry]!.id) ? 'fixed' : 'open',
    successors: told.ofEntry(entry),
    shape: shapes.get(entry) ?? null,
  }));
  return { rows: matched, retired };
}

function fixedLinks(rows: readonly MatchItem[], base: readonly MatchItem<ConceptId>[], fixed: Fixed): Links {
  const links = new Links(rows.length, base.length);
  const { ending = new Set() } = fixed;
  if (fixed.rows.size + fixed.retired.size + ending.size === 0) return links;
  const numbers = new Map(base.map(({ id }, entry) => [id, entry]));
  rows.forEach(({ id }, row) => {
    const decided = fixed.rows.get(id);
    if (decided === undefined) return;
    const entry = decided === null ? undefined : numbers.get(decided);
    if (entry === undefined) links.sureRow[row] = 1;
    else links.fix(row, entry);
  });
  for (const id of [...fixed.retired, ...ending]) {
    const entry = numbers.get(id);
    if (entry !== undefined) links.sureEntry[entry] = 1;
  }
  return links;
}

/** The entry that each row is, or would be by its first proposal. */
function firstChoices(
  rows: Forest,
  base: Forest,
  links: Links,
  candidates: Candidates,
): { entryOf: Int32Array; rowOf: Int32Array } {
  const entryOf = new Int32Array(rows.size).fill(-1);
  const rowOf = new Int32Array(base.size).fill(-1);
  for (let row = 0; row < rows.size; row++) {
    const own = candidates[row];
    const entry = links.sureRow[row]
      ? links.ofRow[row]!
      : own?.[0] && own[0].score >= asNew(own).score
        ? own[0].entry
        : -1;
    if (entry < 0 || rowOf[entry] !== -1) continue;
    entryOf[row] = entry;
    rowOf[entry] = row;
  }
  return { entryOf, rowOf };
}

function proposalsFrom(candidates: readonly Candidate[], base: readonly MatchItem<ConceptId>[]): Proposal[] {
  const proposals = candidates.slice(0, mostProposals - 1).map(({ entry, score, evidence }): Proposal => ({
    conceptId: base[entry]!.id,
    score: rounded(score),
    evidence,
  }));
  const asNone = asNew(candidates);
  proposals.push({ ...asNone, score: rounded(asNone.score) });
  return proposals.sort(
    (a, b) => b.score - a.score || Number(a.conceptId === null) - Number(b.conceptId === null),
  );
}

function tieTeller(
  rows: readonly MatchItem[],
  base: readonly MatchItem<ConceptId>[],
  ties: readonly NumberedTie[],
): { ofRow: (row: number) => Tie[]; ofEntry: (entry: number) => Tie[] } {
  const byRow = Map.groupBy(ties, ({ row }) => row);
  const byEntry = Map.groupBy(ties, ({ entry }) => entry);
  const tell = (found: readonly NumberedTie[] = []) =>
    found.slice(0, mostProposals).map(({ entry, row, score, evidence }): Tie => ({
      conceptId: base[entry]!.id,
      rowId: rows[row]!.id,
      score: rounded(score),
      evidence,
    }));
  return { ofRow: (row) => tell(byRow.get(row)), ofEntry: (entry) => tell(byEntry.get(entry)) };
}

const rounded = (score: number): number => Math.round(score * 1_000) / 1_000;
