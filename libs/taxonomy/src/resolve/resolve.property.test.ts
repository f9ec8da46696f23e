import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeFrom, conceptIdFrom, type Code, type ConceptId } from '../entry.ts';
import { HistoryIndex } from './history-index.ts';
import { none } from './ints.ts';
import { reach } from './reach.ts';
import { resolve } from './resolve.ts';
import type { RecordedSuccession } from './recorded-succession.ts';

type Names = ReadonlyMap<ConceptId, Code>;
interface History {
  readonly first: number;
  readonly revisions: readonly Names[];
  readonly links: readonly RecordedSuccession[];
}

const concepts = ['p', 'q', 'r', 's', 't', 'u'].map(conceptIdFrom);
const pool = ['A1', 'A2', 'A3', 'B1', 'B2', 'B3', 'C1', 'C2'].map(codeFrom);

/** A revision gives each concept one of few codes, or leaves it out, so that codes are reused and concepts come back. */
const arbitraryRevision: fc.Arbitrary<Names> = fc
  .tuple(
    fc.shuffledSubarray(pool, { minLength: concepts.length, maxLength: concepts.length }),
    fc.subarray(concepts),
  )
  .map(([codes, present]) => new Map(present.map((concept, i) => [concept, codes[i] ?? codeFrom('')])));

const arbitraryHistory: fc.Arbitrary<History> = fc
  .record({
    first: fc.integer({ min: -2, max: 1 }),
    revisions: fc.array(arbitraryRevision, { minLength: 2, maxLength: 6 }),
    drawn: fc.array(fc.tuple(fc.nat(4), fc.constantFrom(...concepts), fc.constantFrom(...concepts)), {
      maxLength: 8,
    }),
  })
  .map(({ first, revisions, drawn }) => ({
    first,
    revisions,
    links: drawn
      .map(([step, predecessor, successor]) => ({
        revision: first + 1 + (step % (revisions.length - 1)),
        predecessor,
        successor,
        kind: 'replaced' as const,
        continues: false,
      }))
      .filter(
        ({ revision, predecessor, successor }) =>
          predecessor !== successor &&
          revisions[revision - first]?.has(successor) &&
          revisions.slice(0, revision - first).some((earlier) => earlier.has(predecessor)),
      ),
  }));

function indexOf({ first, revisions, links }: History): HistoryIndex {
  const index = new HistoryIndex();
  revisions.forEach((names, i) => {
    for (const [conceptId, code] of revisions[i - 1] ?? [])
      if (names.get(conceptId) !== code) index.endRange(conceptId, first + i);
    for (const [conceptId, code] of names)
      if (revisions[i - 1]?.get(conceptId) !== code)
        index.addRange({ conceptId, code, title: null, from: first + i, to: null });
  });
  for (const link of links) index.addSuccession(link);
  return index;
}

/** Who stands for a concept, one revision after the other, as plainly as it can be said. */
function naive({ links }: History, concept: ConceptId, from: number, to: number): Set<ConceptId> {
  let standing = new Set([concept]);
  const step = from <= to ? 1 : -1;
  for (let revision = from; revision !== to; revision += step) {
    const crossed = step === 1 ? revision + 1 : revision;
    const next = new Set(standing);
    for (const link of links) {
      if (link.revision !== crossed) continue;
      if (step === 1 && standing.has(link.predecessor)) next.add(link.successor);
      if (step === -1 && standing.has(link.successor)) next.add(link.predecessor);
    }
    standing = next;
  }
  return standing;
}

const question = arbitraryHistory.chain((history) => {
  const number = fc.integer({ min: history.first, max: history.first + history.revisions.length - 1 });
  return fc.record({ history: fc.constant(history), a: number, b: number, c: number });
});
const namesAt = ({ first, revisions }: History, revision: number): Names =>
  revisions[revision - first] ?? new Map();
const runs = { numRuns: 2_000 };

describe('the laws of resolving', () => {
  test('it finds what a plain model finds, revision by revision', () => {
    fc.assert(
      fc.property(question, ({ history, a, b }) => {
        const index = indexOf(history);
        for (const code of pool) {
          const found = resolve(index, code, a, b);
          const [held] = [...namesAt(history, a)]
            .filter(([, each]) => each === code)
            .map(([concept]) => concept);
          expect(found.meant?.conceptId).toBe(held);
          if (held === undefined) {
            expect(found.status).toBe('unknown');
            continue;
          }
          const names = namesAt(history, b);
          const expected = [...naive(history, held, a, b)].filter((concept) => names.has(concept));
          expect(found.results.map(({ conceptId }) => conceptId).sort()).toEqual(expected.sort());
          for (const { conceptId, code: now } of found.results) expect(now).toBe(names.get(conceptId));
          expect(found.choiceNeeded).toBe(expected.length > 1);
        }
      }),
      runs,
    );
  });

  test('there and back: each code that is found leads back, among others', () => {
    fc.assert(
      fc.property(question, ({ history, a, b }) => {
        const index = indexOf(history);
        for (const code of namesAt(history, a).values())
          for (const { code: there } of resolve(index, code, a, b).results)
            expect(resolve(index, there ?? codeFrom(''), b, a).results.map((back) => back.code)).toContain(
              code,
            );
      }),
      runs,
    );
  });

  test('over a revision between, in the same direction, as at once', () => {
    fc.assert(
      fc.property(question, ({ history, a, b, c }) => {
        fc.pre((a <= b && b <= c) || (a >= b && b >= c));
        const index = indexOf(history);
        for (const concept of concepts) {
          const number = index.find(concept) ?? none;
          if (number === none) continue;
          const over = [...reach(index, number, a, b).arrivals.keys()].flatMap((middle) => [
            ...reach(index, middle, b, c).arrivals.keys(),
          ]);
          expect(new Set(over)).toEqual(new Set(reach(index, number, a, c).arrivals.keys()));
        }
      }),
      runs,
    );
  });

  test('the path begins and ends with what was asked and found, and goes one way in time', () => {
    fc.assert(
      fc.property(question, ({ history, a, b }) => {
        const index = indexOf(history);
        for (const code of namesAt(history, a).values()) {
          const { path, meant, results } = resolve(index, code, a, b);
          const told = path.flatMap(({ before, after }) => [before, after]).map((side) => side?.conceptId);
          for (const { conceptId } of results)
            if (conceptId !== meant?.conceptId) expect(told).toContain(conceptId);
          const revisions = path.map(({ revision }) => revision);
          expect(revisions).toEqual(revisions.toSorted((x, y) => (a <= b ? x - y : y - x)));
        }
      }),
      runs,
    );
  });
});
