import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { grammar } from '../arbitrary.ts';
import { diff } from '../diff.ts';
import { codeFrom, conceptIdFrom, type Code, type ConceptId, type Entry } from '../entry.ts';
import { invert } from '../invert.ts';
import { HistoryIndex } from './history-index.ts';
import { none } from './ints.ts';
import { linksBetween } from './links-between.ts';
import { reach } from './reach.ts';
import { resolve } from './resolve.ts';
import type { RecordedSuccession } from './recorded-succession.ts';
import { successionsOf } from './successions-of.ts';

type Names = ReadonlyMap<ConceptId, Code>;
interface History {
  readonly first: number;
  readonly revisions: readonly Names[];
  /** What each goes back to, where it was opened for that. */
  readonly rollbacks: readonly (number | null)[];
  readonly links: readonly RecordedSuccession[];
}

const concepts = ['p', 'q', 'r', 's', 't', 'u'].map(conceptIdFrom);
const pool = ['A1', 'A2', 'A3', 'B1', 'B2', 'B3', 'C1', 'C2'].map(codeFrom);

const sameNames = (a: Names | undefined, b: Names | undefined): boolean =>
  a?.size === b?.size && [...(a ?? [])].every(([concept, code]) => b?.get(concept) === code);

/** A revision gives each concept one of few codes, or leaves it out, so that codes are reused and concepts come back. */
const arbitraryRevision: fc.Arbitrary<Names> = fc
  .tuple(
    fc.shuffledSubarray(pool, { minLength: concepts.length, maxLength: concepts.length }),
    fc.subarray(concepts),
  )
  .map(([codes, present]) => new Map(present.map((concept, i) => [concept, codes[i] ?? codeFrom('')])));

/** Half of them have the content of an earlier one; of those, half were opened to go back to it. */
function revisionsOf(
  first: number,
  states: readonly (readonly [names: Names, again: number | null, isRollback: boolean])[],
): Pick<History, 'revisions' | 'rollbacks'> {
  const revisions: Names[] = [];
  const rollbacks = states.map(([names, again, isRollback], i) => {
    const back = again === null || i === 0 ? null : again % i;
    revisions.push((back === null ? undefined : revisions[back]) ?? names);
    return back !== null && isRollback ? first + back : null;
  });
  return { revisions, rollbacks };
}

const arbitraryHistory: fc.Arbitrary<History> = fc
  .record({
    first: fc.integer({ min: -2, max: 1 }),
    states: fc.array(fc.tuple(arbitraryRevision, fc.option(fc.nat(6), { freq: 2 }), fc.boolean()), {
      minLength: 2,
      maxLength: 7,
    }),
    drawn: fc.array(fc.tuple(fc.nat(4), fc.constantFrom(...concepts), fc.constantFrom(...concepts)), {
      maxLength: 8,
    }),
    inverses: fc.array(fc.nat(4), { maxLength: 8 }),
  })
  .map(({ first, states, drawn, inverses }) => ({
    first,
    ...revisionsOf(first, states),
    /** Each also leads back in some other revision, for as many as are drawn. */
    drawn: [
      ...drawn,
      ...inverses.flatMap((step, i) => drawn.slice(i, i + 1).map(([, a, b]) => [step, b, a] as const)),
    ],
  }))
  .map(({ first, revisions, rollbacks, drawn }) => ({
    first,
    revisions,
    rollbacks,
    links: [...new Map(drawn.map((link) => [link.join(' '), link])).values()]
      .sort(([a], [b]) => (a % (revisions.length - 1)) - (b % (revisions.length - 1)))
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

const contentOf = (names: Names): string =>
  [...names]
    .map((name) => name.join(' '))
    .sort()
    .join();

function indexOf({ first, revisions, rollbacks, links }: History): HistoryIndex {
  const index = new HistoryIndex();
  revisions.forEach((names, i) => {
    index.undone.addRevision({
      number: first + i,
      contentHash: contentOf(names),
      rollbackTo: rollbacks[i] ?? null,
    });
    for (const [conceptId, code] of revisions[i - 1] ?? [])
      if (names.get(conceptId) !== code) index.endRange(conceptId, first + i);
    for (const [conceptId, code] of names)
      if (revisions[i - 1]?.get(conceptId) !== code)
        index.addRange({ conceptId, code, title: null, from: first + i, to: null });
  });
  for (const link of links) index.addSuccession(link);
  return index;
}

/** The same history where each rollback states the inverse of all that it undoes, as its change set carries it. */
function withInverses(history: History): History {
  const { first, revisions, rollbacks } = history;
  return rollbacks.reduce<History>((so, to, i) => {
    if (to === null) return so;
    const number = first + i;
    const earlier = so.links.filter(({ revision }) => revision < number);
    const until = {
      first,
      revisions: revisions.slice(0, i),
      rollbacks: rollbacks.slice(0, i),
      links: earlier,
    };
    const successions = linksBetween(indexOf(until), to, number - 1);
    const [then, now] = [entriesOf(namesAt(history, to)), entriesOf(namesAt(history, number - 1))];
    const { links } = successions;
    const inverse = successionsOf(invert(diff(then, now, { grammar, successions: { links } })), number);
    const later = so.links.filter(({ revision }) => revision > number);
    return { ...so, links: [...earlier, ...inverse, ...later] };
  }, history);
}

function entriesOf(names: Names): Map<ConceptId, Entry> {
  const same = { parentId: null, rank: 0, titles: {}, notes: {}, attributes: {} };
  return new Map([...names].map(([conceptId, code]) => [conceptId, { conceptId, code, ...same }]));
}

/** Revisions that count between two, the last one first: from a rollback at once to what it went back to. */
function wayBack({ first, rollbacks }: History, low: number, high: number): number[] {
  const way = [high];
  for (let at = high; at > low;) {
    const to = rollbacks[at - first] ?? null;
    way.push((at = to !== null && to >= low ? to : at - 1));
  }
  return way;
}

/** Whether a rollback to a revision states with a link only that it undoes what came about since. */
function leadsBack(history: History, link: RecordedSuccession, to: number): boolean {
  const { predecessor, successor, revision } = link;
  if (history.rollbacks[revision - history.first] !== to) return false;
  return naive(history, successor, to, revision - 1).standing.has(predecessor);
}

/** Links that come to nothing between two revisions, as plainly as it can be said. */
function undoneIn(history: History, low: number, high: number): Set<RecordedSuccession> {
  const { links } = history;
  const way = wayBack(history, low, high);
  const isCrossed = (link: RecordedSuccession) => {
    const next = way[way.indexOf(link.revision) + 1];
    return next !== undefined && way.includes(link.revision) && !leadsBack(history, link, next);
  };
  const has = (revision: number, concept: ConceptId) => namesAt(history, revision).has(concept);
  const undone = new Set(links.filter((link) => !isCrossed(link)));
  const taken = new Set<RecordedSuccession>();
  for (const back of links)
    for (const there of links.toReversed()) {
      if (there.predecessor !== back.successor || there.successor !== back.predecessor) continue;
      if (
        there.revision >= back.revision ||
        [there, back].some((link) => undone.has(link) || taken.has(link))
      )
        continue;
      const between = [...history.revisions.keys()]
        .map((i) => history.first + i)
        .filter((at) => at >= there.revision && at < back.revision);
      const isHere = has(there.revision - 1, there.predecessor) && has(back.revision, there.predecessor);
      const isReturn = isHere && between.every((at) => !has(at, there.predecessor));
      const isSame = way.some(
        (before) =>
          before < there.revision &&
          way.some(
            (after) => after >= back.revision && sameNames(namesAt(history, before), namesAt(history, after)),
          ),
      );
      if (isReturn || isSame) for (const each of [there, back]) taken.add(each);
    }
  return new Set([...undone, ...taken]);
}

/** Who stands for a concept, one revision after the other, and which of them were lost on the way. */
function naive(
  history: History,
  concept: ConceptId,
  from: number,
  to: number,
): { standing: Set<ConceptId>; lost: Set<ConceptId> } {
  const standing = new Set([concept]);
  const lost = new Set<ConceptId>();
  const undone = undoneIn(history, Math.min(from, to), Math.max(from, to));
  const step = from <= to ? 1 : -1;
  const back = wayBack(history, Math.min(from, to), Math.max(from, to));
  const way = step === 1 ? back.toReversed() : back;
  for (const [i, revision] of way.slice(0, -1).entries()) {
    const next = way[i + 1] ?? revision;
    const crossed = Math.max(revision, next);
    const counted = history.links.filter((link) => link.revision === crossed && !undone.has(link));
    const [were, is] = [namesAt(history, revision), namesAt(history, next)];
    const before = [...standing];
    for (const each of before) {
      const handedOn = counted
        .filter((link) => (step === 1 ? link.predecessor : link.successor) === each)
        .map((link) => (step === 1 ? link.successor : link.predecessor));
      if (is.has(each) || handedOn.length > 0) lost.delete(each);
      else if (were.has(each)) lost.add(each);
      for (const next of handedOn) {
        if (!standing.has(next) && !is.has(next)) lost.add(next);
        standing.add(next);
      }
    }
  }
  return { standing, lost };
}

const arbitraryQuestion = (of: fc.Arbitrary<History>) =>
  of.chain((history) => {
    const number = fc.integer({ min: history.first, max: history.first + history.revisions.length - 1 });
    return fc.record({ history: fc.constant(history), a: number, b: number, c: number });
  });
const question = arbitraryQuestion(arbitraryHistory);
const namesAt = ({ first, revisions }: History, revision: number): Names =>
  revisions[revision - first] ?? new Map();
const runs = { numRuns: 2_000 };

test('histories are drawn with rollbacks that only lead back, and with others', () => {
  const drawn = fc.sample(arbitraryHistory, { numRuns: 200, seed: 1 }).flatMap((history) =>
    history.links.flatMap((link) => {
      const to = history.rollbacks[link.revision - history.first] ?? null;
      return to === null ? [] : [leadsBack(history, link, to)];
    }),
  );
  expect(new Set(drawn)).toEqual(new Set([true, false]));
});

describe('the laws of resolving', () => {
  test.each([
    ['as people decide them', question],
    ['with the inverse of all that rollbacks undo', arbitraryQuestion(arbitraryHistory.map(withInverses))],
  ])('it finds what a plain model finds, revision by revision: successions %s', (_, asked) => {
    fc.assert(
      fc.property(asked, ({ history, a, b }) => {
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
          const { standing, lost } = naive(history, held, a, b);
          const expected = [...standing].filter((concept) => names.has(concept));
          expect(found.results.map(({ conceptId }) => conceptId).sort()).toEqual(expected.sort());
          for (const { conceptId, code: now } of found.results) expect(now).toBe(names.get(conceptId));
          expect(new Set(found.ended.map(({ conceptId }) => conceptId))).toEqual(lost);
          expect(found.choiceNeeded).toBe(expected.length > 0 && expected.length + lost.size > 1);
        }
      }),
      runs,
    );
  });

  test('a rollback gives back all that came about since, also between concepts that it leaves as they are', () => {
    fc.assert(
      fc.property(arbitraryHistory.map(withInverses), (history) => {
        const index = indexOf(history);
        for (const [i, to] of history.rollbacks.entries()) {
          if (to === null) continue;
          const number = history.first + i;
          for (const code of namesAt(history, to).values()) {
            for (const { code: now } of resolve(index, code, to, number - 1).results) {
              const back = resolve(index, now ?? codeFrom(''), number - 1, number).results;
              expect(back.map((each) => each.code)).toContain(code);
            }
            expect(resolve(index, code, to, number)).toMatchObject({
              status: 'unchanged',
              results: [{ code }],
            });
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a rollback that decides nothing means what the revision means that it went back to, whatever lies between', () => {
    fc.assert(
      fc.property(question, ({ history, a }) => {
        const index = indexOf(history);
        for (const [i, to] of history.rollbacks.entries()) {
          if (to === null || to < a) continue;
          const inverse = history.links.filter(({ revision }) => revision === history.first + i);
          if (!inverse.every((link) => leadsBack(history, link, to))) continue;
          for (const code of namesAt(history, a).values()) {
            const [{ path: _, ...then }, { path: __, ...again }] = [
              resolve(index, code, a, to),
              resolve(index, code, a, history.first + i),
            ];
            expect(again).toEqual(then);
          }
        }
      }),
      runs,
    );
  });

  test('content that comes back undoes no succession that nothing leads back from', () => {
    fc.assert(
      fc.property(question, ({ history, a, b }) => {
        const index = indexOf({ ...history, rollbacks: [] });
        for (const { predecessor, successor, revision } of history.links) {
          const isAlone = !history.links.some(
            (link) => link.predecessor === successor && link.successor === predecessor,
          );
          if (!isAlone || a >= revision || b < revision) continue;
          const [code, now] = [namesAt(history, a).get(predecessor), namesAt(history, b).get(successor)];
          if (code && now) expect(resolve(index, code, a, b).results.map((each) => each.code)).toContain(now);
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

  test('over a revision between, in the same direction, as at once, where nothing is undone', () => {
    fc.assert(
      fc.property(question, ({ history, a, b, c }) => {
        fc.pre((a <= b && b <= c) || (a >= b && b >= c));
        for (const [from, to] of [
          [a, b],
          [b, c],
          [a, c],
        ] as const)
          fc.pre(undoneIn(history, Math.min(from, to), Math.max(from, to)).size === 0);
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
