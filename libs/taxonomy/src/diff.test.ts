import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apply, entryFrom } from './apply.ts';
import { arbitraryMap, grammar } from './arbitrary.ts';
import type { Change } from './change.ts';
import { compose } from './compose.ts';
import { diff } from './diff.ts';
import { codeFrom, conceptIdFrom, type ConceptId, type Entry } from './entry.ts';
import { merkle } from './hash.ts';
import { invert } from './invert.ts';
import { rankOf } from './grammar.ts';
import { successionsOf } from './resolve/successions-of.ts';

describe('the laws of a change set', () => {
  test('apply(diff(a, b), a) = b, by content and by hash', () => {
    fc.assert(
      fc.property(arbitraryMap, arbitraryMap, (a, b) => {
        const reached = apply(diff(a, b, { grammar }), a);
        // Ranks that differ without a change of order are no change.
        expect(merkle('s', reached.values()).root).toBe(merkle('s', b.values()).root);
      }),
      { numRuns: 500 },
    );
  });

  /** A revision holds the ranks of its base where a change did not set them, as the published rows do. */
  const revision = (base: Map<ConceptId, Entry>, next: Map<ConceptId, Entry>) =>
    apply(diff(base, next, { grammar }), base);
  const rootOf = (entries: Map<ConceptId, Entry>) => merkle('s', entries.values()).root;
  const said = (changes: readonly Change[]) =>
    new Map(
      changes.map(({ conceptId, kinds, before, after, codeReusedFrom, causedBy }) => [
        conceptId,
        {
          kinds: kinds.filter((kind) => kind !== 'reordered'),
          before: before && { ...entryFrom(before), rank: 0 },
          after: after && { ...entryFrom(after), rank: 0 },
          codeReusedFrom: hasOneHolderEach(changes) ? codeReusedFrom : null,
          causedBy,
        },
      ]),
    );
  /** Drawn maps may hold a code twice, which no revision does; whose code it was is then nobody's. */
  const hasOneHolderEach = (changes: readonly Change[]) =>
    [changes.map(({ before }) => before?.code), changes.map(({ after }) => after?.code)].every((codes) => {
      const given = codes.filter((code) => code);
      return new Set(given).size === given.length;
    });

  test('apply(invert(diff(a, b)), b) = a, and the inverse of the inverse says the same', () => {
    fc.assert(
      fc.property(arbitraryMap, arbitraryMap, (a, drawn) => {
        const b = revision(a, drawn);
        const changes = diff(a, b, { grammar });
        expect(rootOf(apply(invert(changes), b))).toBe(rootOf(a));
        expect(apply(invert(invert(changes)), a)).toEqual(apply(changes, a));
      }),
      { numRuns: 500 },
    );
  });

  const arbitraryLinks = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 4 });
  type Drawn = Map<ConceptId, Entry>;
  const linksOf = (a: Drawn, b: Drawn, pairs: readonly (readonly [number, number])[]) =>
    pairs.flatMap(([i, j]) => {
      const [predecessor, successor] = [[...a.keys()][i], [...b.keys()][j]];
      return predecessor && successor && predecessor !== successor ? [{ predecessor, successor }] : [];
    });
  const stated = (changes: readonly Change[]) =>
    successionsOf(changes, 2)
      .map(({ predecessor, successor, kind }) => `${predecessor} ${successor} ${kind}`)
      .sort();

  test('every succession is carried, also one between two entries that change in nothing else', () => {
    fc.assert(
      fc.property(arbitraryMap, arbitraryMap, arbitraryLinks, (a, drawn, pairs) => {
        // Half of the pairs of maps say the same: nothing but the links leads from one to the other.
        const b = pairs.length % 2 === 0 ? a : revision(a, drawn);
        const links = linksOf(a, b, pairs);
        const changes = diff(a, b, { grammar, successions: { links } });
        const named = new Set(links.map(({ predecessor, successor }) => `${predecessor} ${successor}`));
        expect(new Set(stated(changes).map((said) => said.slice(0, said.lastIndexOf(' '))))).toEqual(named);
        expect(apply(changes, a)).toEqual(apply(diff(a, b, { grammar }), a));
        const back = links.map((each) => ({ predecessor: each.successor, successor: each.predecessor }));
        const inverse = invert(changes);
        expect(rootOf(apply(inverse, b))).toBe(rootOf(a));
        expect(stated(inverse)).toEqual(stated(diff(b, a, { grammar, successions: { links: back } })));
      }),
      { numRuns: 500 },
    );
  });

  test('a composed change set carries what leads through both, of all that one of them names', () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryMap, { minLength: 3, maxLength: 3 }),
        fc.tuple(arbitraryLinks, arbitraryLinks),
        ([a = new Map(), drawnB = new Map(), drawnC = new Map()], [early, late]) => {
          const b = early.length % 2 === 0 ? a : revision(a, drawnB);
          const c = late.length % 2 === 0 ? b : revision(b, drawnC);
          const [first, second] = [linksOf(a, b, early), linksOf(b, c, late)];
          const sets = [
            diff(a, b, { grammar, successions: { links: first } }),
            diff(b, c, { grammar, successions: { links: second } }),
          ] as const;
          const composed = compose(...sets);
          expect(rootOf(apply(composed, a))).toBe(rootOf(c));
          const known = new Set(sets.flat().map(({ conceptId }) => conceptId));
          const differing = new Set(diff(a, c, { grammar }).map(({ conceptId }) => conceptId));
          const expected = through(a, c, first, second, b).filter(({ predecessor, successor }) =>
            [predecessor, successor].some((id) => known.has(id) || differing.has(id)),
          );
          const found = successionsOf(composed, 3);
          expect(new Set(found.map((each) => `${each.predecessor} ${each.successor}`))).toEqual(
            new Set(expected.map((each) => `${each.predecessor} ${each.successor}`)),
          );
        },
      ),
      { numRuns: 500 },
    );
  });
  type Links = ReturnType<typeof linksOf>;
  /** Whoever takes a place of a concept of `a`, in `c`, over those of `b`. */
  const through = (a: Drawn, c: Drawn, first: Links, second: Links, b: Drawn): Links =>
    [...a.keys()].flatMap((predecessor) => {
      const next = (links: Links, ids: ConceptId[], map: Drawn) => [
        ...ids.filter((id) => map.has(id)),
        ...links.filter((each) => ids.includes(each.predecessor)).map(({ successor }) => successor),
      ];
      return next(second, next(first, [predecessor], b), c)
        .filter((successor) => successor !== predecessor)
        .map((successor) => ({ predecessor, successor }));
    });

  test('history is comparable as deep backwards as forwards', () => {
    fc.assert(
      fc.property(arbitraryMap, arbitraryMap, arbitraryLinks, (a, drawn, pairs) => {
        const b = revision(a, drawn);
        const links = linksOf(a, b, pairs);
        const back = links.map((each) => ({ predecessor: each.successor, successor: each.predecessor }));
        const levelsOf = (changes: readonly Change[]) =>
          new Map(
            changes
              .filter(({ kinds }) => kinds.join() !== 'reordered')
              .map(({ conceptId, comparableLevel }) => [conceptId, comparableLevel]),
          );
        const inverse = invert(diff(a, b, { grammar, successions: { links } }));
        expect(levelsOf(inverse)).toEqual(levelsOf(diff(b, a, { grammar, successions: { links: back } })));
      }),
      { numRuns: 2_000 },
    );
  });

  test('apply(compose(diff(a, b), diff(b, c)), a) = c, and says what diff(a, c) says apart from order', () => {
    fc.assert(
      fc.property(arbitraryMap, arbitraryMap, arbitraryMap, (a, drawnB, drawnC) => {
        const b = revision(a, drawnB);
        const c = revision(b, drawnC);
        const composed = compose(diff(a, b, { grammar }), diff(b, c, { grammar }));
        expect(rootOf(apply(composed, a))).toBe(rootOf(c));
        const differing = said(diff(a, c, { grammar }).filter(({ kinds }) => kinds.join() !== 'reordered'));
        if (hasOneHolderEach([...composed]))
          expect(said(composed.filter(({ kinds }) => kinds.join() !== 'reordered'))).toEqual(differing);
      }),
      { numRuns: 500 },
    );
  });

  test('whose code it was is said through several revisions as at once, when older ones had codes too', () => {
    fc.assert(
      fc.property(fc.array(arbitraryMap, { minLength: 4, maxLength: 4 }), (drawn) => {
        const [before, a, b, c] = drawn.map(withOneHolderEach);
        if (!before || !a || !b || !c) throw new Error('four maps are drawn');
        const untilA = holders(before);
        const untilB = new Map([...untilA, ...holders(a)]);
        const through = compose(
          diff(a, b, { grammar, formerHolders: untilA }),
          diff(b, c, { grammar, formerHolders: untilB }),
        );
        const atOnce = diff(a, c, { grammar, formerHolders: untilA });
        // One that took its own code back in between, and gave it away again, is not told from one that never had it.
        const regained = ([concept, holder]: [ConceptId, ConceptId]) => {
          const code = c.get(concept)?.code;
          return code && b.get(holder)?.code === code && a.get(holder)?.code !== code;
        };
        const said = [...reuses(atOnce)].filter((each) => !regained(each));
        expect(reuses(through)).toEqual(new Map(said));
      }),
      { numRuns: 1_000 },
    );
  });
  const holders = (entries: Map<ConceptId, Entry>) =>
    new Map(
      [...entries.values()].flatMap(({ code, conceptId }) =>
        code ? [[code, { conceptId, title: null }]] : [],
      ),
    );
  const reuses = (changes: readonly Change[]) =>
    new Map(
      changes.flatMap(({ conceptId, codeReusedFrom }) =>
        codeReusedFrom ? [[conceptId, codeReusedFrom]] : [],
      ),
    );
  /** As a revision: a drawn map may hold a code twice. */
  const withOneHolderEach = (entries: Map<ConceptId, Entry>) => {
    const last = holders(entries);
    return new Map(
      [...entries].map(([conceptId, each]) => [
        conceptId,
        each.code && last.get(each.code)?.conceptId !== conceptId ? { ...each, code: null } : each,
      ]),
    );
  };

  test('a map does not differ from itself', () => {
    fc.assert(
      fc.property(arbitraryMap, (a) => {
        expect(diff(a, new Map(structuredClone([...a])), { grammar })).toEqual([]);
      }),
    );
  });

  test('a concept has one change, which tells what was before and what is after', () => {
    fc.assert(
      fc.property(arbitraryMap, arbitraryMap, (a, b) => {
        const changes = diff(a, b, { grammar });
        expect(new Set(changes.map(({ conceptId }) => conceptId)).size).toBe(changes.length);
        for (const { conceptId, before, after } of changes) {
          expect(before === null).toBe(!a.has(conceptId));
          expect(after === null).toBe(!b.has(conceptId));
        }
      }),
    );
  });
});

const id = (n: number): ConceptId => conceptIdFrom(`00000000-0000-4000-8000-00000000000${n}`);
const entry = (n: number, code: string, parent: number | null = null, official = `Titolo ${n}`): Entry => ({
  conceptId: id(n),
  code: codeFrom(code),
  parentId: parent === null ? null : id(parent),
  rank: rankOf(grammar, codeFrom(code)),
  titles: { it: { official } },
  notes: {},
  attributes: {},
});
const link = (predecessor: number, successor: number) => ({
  predecessor: id(predecessor),
  successor: id(successor),
});
const map = (...entries: Entry[]) => new Map(entries.map((e) => [e.conceptId, e]));
const kinds = (a: Map<ConceptId, Entry>, b: Map<ConceptId, Entry>) =>
  Object.fromEntries(diff(a, b, { grammar }).map((change) => [change.conceptId.at(-1), change.kinds]));

describe('what a change is called', () => {
  const base = map(entry(1, 'A1'), entry(2, 'A1.1', 1), entry(3, 'A1.2', 1));

  test('a swap of codes is two renumberings, and one of them is out of order', () => {
    const next = map(entry(1, 'A1'), entry(2, 'A1.2', 1), entry(3, 'A1.1', 1));
    expect(kinds(base, next)).toEqual({ 2: ['renumbered'], 3: ['renumbered', 'reordered'] });
  });

  test('of two that changed their order, the one that is another anyway is out of it', () => {
    const at = (rank: number, each: Entry) => ({ ...each, rank });
    const stays = at(2, entry(2, 'A2'));
    const [first, last] = [map(at(1, entry(1, 'A1')), stays), map(stays, at(3, entry(1, 'A7')))];
    expect(kinds(first, last)).toEqual({ 1: ['renumbered', 'reordered'] });
    expect(kinds(last, first)).toEqual({ 1: ['renumbered', 'reordered'] });
  });

  test('a code given to another concept says whose it was', () => {
    const next = map(entry(1, 'A1'), entry(3, 'A1.2', 1), entry(4, 'A1.1', 1));
    expect(diff(base, next, { grammar, successions: { links: [link(2, 4)] } })).toMatchObject([
      { conceptId: id(4), kinds: ['created'], codeReusedFrom: id(2), predecessors: [id(2)] },
      { conceptId: id(2), kinds: ['retired'], successors: [id(4)], after: null, successionKind: 'replaced' },
    ]);
  });

  test('a code that nobody carries in the base, but another concept did before, says whose it was last', () => {
    const formerHolders = new Map([[codeFrom('A1.3'), { conceptId: id(9), title: null }]]);
    const given = (to: number) =>
      diff(base, map(...base.values(), entry(to, 'A1.3', 1)), { grammar, formerHolders })[0]?.codeReusedFrom;
    expect(given(4)).toBe(id(9));
    expect(given(9)).toBeNull();
    const renumbered = map(entry(1, 'A1'), entry(2, 'A1.1', 1), entry(3, 'A1.3', 1));
    expect(diff(base, renumbered, { grammar, formerHolders })[0]?.codeReusedFrom).toBe(id(9));
  });

  test('a branch that moves names its head as the cause', () => {
    const next = map(entry(1, 'B1'), entry(2, 'B1.1', 1), entry(3, 'B1.2', 1));
    expect(diff(base, next, { grammar }).map(({ causedBy }) => causedBy)).toEqual([null, id(1), id(1)]);
  });

  test('a concept that an older revision had is reactivated', () => {
    const next = map(...base.values(), entry(4, 'A1.3', 1));
    expect(diff(base, next, { grammar, formerConcepts: new Set([id(4)]) })).toMatchObject([
      { kinds: ['reactivated'] },
    ]);
  });

  test('before and after are placed, so that nobody needs to ask again', () => {
    const next = map(entry(1, 'A1'), entry(2, 'A1.1', 1, 'Nuovo'), entry(3, 'A1.2', 1));
    expect(diff(base, next, { grammar })[0]?.after).toMatchObject({
      parentCode: 'A1',
      path: ['A1'],
      level: 2,
    });
  });
});

describe('the level at which history stays comparable', () => {
  const base = map(
    entry(1, 'A1'),
    entry(2, 'A1.1', 1),
    entry(3, 'A1.1.1', 2),
    entry(4, 'A1.2', 1),
    entry(5, 'B1'),
  );
  const levels = (next: Map<ConceptId, Entry>, ...links: ReturnType<typeof link>[]) =>
    Object.fromEntries(
      diff(base, next, { grammar, successions: { links } }).map((change) => [
        change.conceptId.at(-1),
        change.comparableLevel,
      ]),
    );
  const without = (...ids: number[]) =>
    map(...[...base.values()].filter(({ conceptId }) => !ids.some((n) => conceptId === id(n))));

  test('is its own for what keeps its meaning and its parent', () => {
    expect(levels(map(...base.values(), entry(3, 'A1.1.2', 2, 'Nuovo')))).toEqual({ 3: 3 });
  });

  test('is that of the parent for what is redefined, created, or retired without successor', () => {
    const redefined = { ...entry(3, 'A1.1.1', 2), notes: { it: { includes: 'altro' } } };
    expect(levels(map(...base.values(), redefined))).toEqual({ 3: 2 });
    expect(levels(map(...without(3).values(), entry(6, 'A1.2.1', 4)))).toEqual({ 3: 2, 6: 2 });
    expect(levels(without(5))).toEqual({ 5: 0 });
  });

  test('is that of the deepest common ancestor, by concept, for what moves', () => {
    expect(levels(map(...base.values(), entry(3, 'A1.2.1', 4)))).toEqual({ 3: 1 });
    expect(levels(map(...base.values(), entry(3, 'B1.1', 5)))).toEqual({ 3: 0 });
  });

  test('takes a concept and all its counterparts together', () => {
    expect(levels(map(...without(3).values(), entry(6, 'A1.1.2', 2)), link(3, 6))).toEqual({ 3: 2, 6: 2 });
    expect(levels(map(...without(3).values(), entry(6, 'A1.2.1', 4)), link(3, 6))).toEqual({ 3: 1, 6: 1 });
    expect(levels(without(3), link(3, 2))).toEqual({ 3: 2 });
  });
});

describe('successions through several revisions', () => {
  const one = map(entry(1, 'A1'), entry(2, 'A2'));
  const two = map(entry(3, 'A1'), entry(2, 'A2'));
  const through = (three: Map<ConceptId, Entry>, ...links: ReturnType<typeof link>[]) =>
    compose(
      diff(one, two, { grammar, successions: { links: [link(1, 3)] } }),
      diff(two, three, { grammar, successions: { links } }),
    ).map(({ conceptId, successors, successionKind }) => [
      conceptId.at(-1),
      successors.length,
      successionKind,
    ]);

  test('a successor that has successors hands them on', () => {
    expect(through(map(entry(4, 'A1'), entry(5, 'A3'), entry(2, 'A2')), link(3, 4), link(3, 5))).toEqual([
      ['1', 2, 'split'],
      ['4', 0, 'split'],
      ['5', 0, 'split'],
    ]);
  });

  test('a successor that ends leaves none', () => {
    expect(through(map(entry(2, 'A2')))).toEqual([['1', 0, null]]);
  });

  test('the inverse of a split is a merge', () => {
    const split = { links: [link(1, 3), link(1, 2)] };
    expect(invert(diff(one, two, { grammar, successions: split }))).toMatchObject([
      { conceptId: id(3), kinds: ['retired'], successors: [id(1)] },
      { conceptId: id(1), kinds: ['reactivated'], predecessors: [id(3), id(2)], codeReusedFrom: id(3) },
    ]);
  });
});
