import { describe, expect, test } from 'vitest';
import { codeFrom, conceptIdFrom, type ConceptId } from '../entry.ts';
import { HistoryIndex } from './history-index.ts';
import { linksBetween } from './links-between.ts';
import { meaningsIn, meaningsOf } from './meanings.ts';
import { NearCodes } from './near-codes.ts';
import { resolve } from './resolve.ts';
import type { RecordedSuccession } from './recorded-succession.ts';

const id = (name: string): ConceptId => conceptIdFrom(name);
type Range = readonly [concept: string, code: string, from: number, to?: number];
type Link = readonly [
  revision: number,
  predecessor: string,
  successor: string,
  rest?: Partial<RecordedSuccession>,
];

function history(ranges: readonly Range[], links: readonly Link[] = []): HistoryIndex {
  const index = new HistoryIndex();
  for (const [concept, code, from, to] of ranges)
    index.addRange({ conceptId: id(concept), code: codeFrom(code), title: concept, from, to: to ?? null });
  for (const [revision, predecessor, successor, rest] of links)
    index.addSuccession({
      revision,
      predecessor: id(predecessor),
      successor: id(successor),
      kind: 'replaced',
      continues: false,
      ...rest,
    });
  return index;
}
const ask = (index: HistoryIndex, code: string, from: number, to: number) => {
  const { status, results, choiceNeeded, continues } = resolve(index, codeFrom(code), from, to);
  return { status, codes: results.map((result) => result.code), choiceNeeded, continues };
};
const kinds = (index: HistoryIndex, code: string, from: number, to: number) =>
  resolve(index, codeFrom(code), from, to).path.map(({ revision, kind, before, after }) =>
    [revision, kind, before?.code ?? null, after?.code ?? null].join(' '),
  );

describe('a code that was given to something else', () => {
  const reused = history([
    ['staffing plan', 'A1.1.1.6', 0, 1],
    ['staffing plan', 'A1.3.2.5', 1],
    ['other planning documents', 'A1.1.1.6', 1],
  ]);

  test('leads to what it meant, not to what carries it now', () => {
    expect(ask(reused, 'A1.1.1.6', 0, 1)).toMatchObject({ status: 'renumbered', codes: ['A1.3.2.5'] });
    expect(ask(reused, 'A1.1.1.6', 1, 1)).toMatchObject({ status: 'unchanged', codes: ['A1.1.1.6'] });
    expect(ask(reused, 'A1.1.1.6', 1, 0)).toMatchObject({ status: 'created', codes: [] });
    expect(ask(reused, 'A1.3.2.5', 1, 0)).toMatchObject({ status: 'renumbered', codes: ['A1.1.1.6'] });
  });

  test('without a revision has every meaning, each with its today', () => {
    expect(meaningsOf(reused, codeFrom('A1.1.1.6'), 1)).toMatchObject([
      { from: 0, through: 0, meant: { title: 'staffing plan' }, results: [{ code: 'A1.3.2.5' }] },
      {
        from: 1,
        through: null,
        meant: { title: 'other planning documents' },
        results: [{ code: 'A1.1.1.6' }],
      },
    ]);
  });
});

test('the meanings of a code in an edition leave out revisions of others between its own', () => {
  const index = history([
    ['before', 'A1', 0, 1],
    ['first', 'A1', 1, 4],
    ['between', 'A1', 4, 6],
    ['second', 'A1', 6, 8],
    ['after', 'A1', 9],
  ]);
  const found = (...revisions: number[]) =>
    meaningsIn(index, codeFrom('A1'), revisions, 9).map(({ meant, from, through }) => [
      meant?.title,
      from,
      through,
    ]);
  expect(found(1, 2, 6, 7)).toEqual([
    ['first', 1, 2],
    ['second', 6, 7],
  ]);
  expect(found(2, 8)).toEqual([['first', 2, 2]]);
  expect(found(3, 9)).toEqual([
    ['first', 3, 3],
    ['after', 9, 9],
  ]);
  expect(found(8)).toEqual([]);
  expect(found()).toEqual([]);
});

describe('successions', () => {
  test('are followed on through those that were retired later', () => {
    const chain = history(
      [
        ['x', 'A1', 1, 2],
        ['y', 'A2', 2, 3],
        ['z', 'A3', 3],
      ],
      [
        [2, 'x', 'y'],
        [3, 'y', 'z'],
      ],
    );
    expect(ask(chain, 'A1', 1, 3)).toMatchObject({ status: 'replaced', codes: ['A3'] });
    expect(kinds(chain, 'A1', 1, 3)).toEqual(['2 replaced A1 A2', '3 replaced A2 A3']);
    expect(kinds(chain, 'A3', 3, 1)).toEqual(['3 replaced A2 A3', '2 replaced A1 A2']);
  });

  test('of a split answer all of them, and that a choice is needed', () => {
    const split = history(
      [
        ['x', 'A1', 1, 2],
        ['y', 'A2', 2],
        ['z', 'A10', 2],
      ],
      [
        [2, 'x', 'y', { kind: 'split' }],
        [2, 'x', 'z', { kind: 'split' }],
      ],
    );
    expect(ask(split, 'A1', 1, 2)).toEqual({
      status: 'split',
      codes: ['A2', 'A10'],
      choiceNeeded: true,
      continues: false,
    });
    expect(ask(split, 'A2', 2, 1)).toMatchObject({ status: 'split', codes: ['A1'], choiceNeeded: false });
  });

  test('of a merge say so, and backwards answer all that were merged', () => {
    const merged = history(
      [
        ['x', 'A1', 1, 2],
        ['y', 'A2', 1, 2],
        ['z', 'A3', 2],
      ],
      [
        [2, 'x', 'z', { kind: 'merged' }],
        [2, 'y', 'z', { kind: 'merged' }],
      ],
    );
    expect(ask(merged, 'A1', 1, 2)).toMatchObject({ status: 'merged', codes: ['A3'], choiceNeeded: false });
    expect(ask(merged, 'A3', 2, 1)).toMatchObject({
      status: 'merged',
      codes: ['A1', 'A2'],
      choiceNeeded: true,
    });
  });

  test('of one that gave off a part say that it goes on beside its successor', () => {
    const splitOff = history(
      [
        ['x', 'A1', 1],
        ['y', 'A2', 2],
      ],
      [[2, 'x', 'y', { kind: 'split', continues: true }]],
    );
    expect(ask(splitOff, 'A1', 1, 2)).toEqual({
      status: 'split',
      codes: ['A1', 'A2'],
      choiceNeeded: true,
      continues: true,
    });
    expect(ask(splitOff, 'A1', 2, 2)).toMatchObject({ status: 'unchanged', choiceNeeded: false });
  });

  test('in a circle end: what was replaced and came back is itself again', () => {
    const undone = history(
      [
        ['x', 'A1', 1, 2],
        ['y', 'A2', 2, 3],
        ['x', 'A1', 3],
      ],
      [
        [2, 'x', 'y'],
        [3, 'y', 'x'],
      ],
    );
    expect(ask(undone, 'A1', 1, 3)).toMatchObject({ status: 'unchanged', codes: ['A1'] });
    expect(ask(undone, 'A2', 2, 3)).toMatchObject({ status: 'replaced', codes: ['A1'] });
  });
});

describe('a branch that ends', () => {
  const split: Link[] = [
    [2, 'p', 'q', { kind: 'split' }],
    [2, 'p', 'r', { kind: 'split' }],
  ];

  test('beside others leaves a choice: one of several successors is never picked', () => {
    const ended = history(
      [
        ['p', 'A1', 1, 2],
        ['q', 'A2', 2, 3],
        ['r', 'A3', 2],
      ],
      split,
    );
    expect(resolve(ended, codeFrom('A1'), 1, 3)).toMatchObject({
      status: 'split',
      results: [{ code: 'A3' }],
      ended: [{ code: 'A2', conceptId: 'q' }],
      choiceNeeded: true,
      continues: false,
    });
    expect(linksBetween(ended, 1, 3)).toEqual({
      links: [{ predecessor: 'p', successor: 'r' }],
      partlyEnded: new Set(['p']),
    });
  });

  test('is also the concept itself, when it gave off a part and ended later', () => {
    const ended = history(
      [
        ['p', 'A1', 1, 3],
        ['r', 'A3', 2],
      ],
      [[2, 'p', 'r', { kind: 'split', continues: true }]],
    );
    expect(resolve(ended, codeFrom('A1'), 1, 3)).toMatchObject({
      status: 'split',
      results: [{ code: 'A3' }],
      ended: [{ code: 'A1' }],
      choiceNeeded: true,
    });
    expect(resolve(ended, codeFrom('A1'), 2, 3)).toMatchObject({ status: 'retired', results: [] });
  });

  test('backwards is what had not begun', () => {
    const merged = history(
      [
        ['p', 'A1', 1, 3],
        ['r', 'A3', 2],
      ],
      [[3, 'p', 'r', { kind: 'merged' }]],
    );
    expect(resolve(merged, codeFrom('A3'), 3, 1)).toMatchObject({
      status: 'merged',
      results: [{ code: 'A1' }],
      ended: [{ code: 'A3' }],
      choiceNeeded: true,
    });
  });
});

describe('what is undone', () => {
  const ranges: Range[] = [
    ['x', 'A4', 1, 2],
    ['y', 'A5', 1],
    ['x', 'A4', 3],
  ];
  const links: Link[] = [
    [2, 'x', 'y', { kind: 'merged' }],
    [3, 'y', 'x', { kind: 'split', continues: true }],
  ];

  test('counts for nothing from before it to after it: what left and came back is itself, and so is the other', () => {
    const undone = history(ranges, links);
    for (const code of ['A4', 'A5'])
      for (const [from, to] of [
        [1, 3],
        [3, 1],
      ] as const)
        expect(ask(undone, code, from, to)).toMatchObject({ status: 'unchanged', codes: [code] });
    expect(linksBetween(undone, 1, 3).links).toEqual([]);
    expect(kinds(undone, 'A4', 1, 3)).toEqual(['2 merged A4 A5', '3 split A5 A4']);
  });

  test('counts for whoever asks from between', () => {
    expect(ask(history(ranges, links), 'A5', 2, 3)).toMatchObject({ status: 'split', codes: ['A4', 'A5'] });
    expect(ask(history(ranges, links), 'A4', 1, 2)).toMatchObject({ status: 'merged', codes: ['A5'] });
  });

  const given: Range[] = [
    ['x', 'A4', 1],
    ['y', 'A5', 1],
  ];
  const inTurn = (index: HistoryIndex, rollbacks: Record<number, number>, ...contents: string[]) => {
    contents.forEach((contentHash, i) =>
      index.undone.addRevision({ number: i + 1, contentHash, rollbackTo: rollbacks[i + 1] ?? null }),
    );
    return index;
  };
  const there: Link = [2, 'x', 'y', { kind: 'split', continues: true }];
  const back: Link = [3, 'y', 'x', { kind: 'split', continues: true }];

  test('is everything that a rollback goes back over, whatever its successions are', () => {
    const gone = inTurn(history(given, [there]), { 3: 1 }, 'one', 'two', 'one');
    expect(ask(gone, 'A4', 1, 3)).toMatchObject({ status: 'unchanged', codes: ['A4'] });
    expect(ask(gone, 'A5', 3, 1)).toMatchObject({ status: 'unchanged', codes: ['A5'] });
    expect(ask(gone, 'A4', 1, 2)).toMatchObject({ status: 'split' });
  });

  test('is of a rollback itself only what leads back, not what a person decides in it', () => {
    const three: Range[] = [...given, ['z', 'A6', 1]];
    const decided = history(three, [there, back, [3, 'x', 'z', { kind: 'split', continues: true }]]);
    const index = inTurn(decided, { 3: 1 }, 'one', 'two', 'one');
    expect(ask(index, 'A4', 1, 3)).toMatchObject({
      status: 'split',
      codes: ['A4', 'A6'],
      choiceNeeded: true,
    });
    expect(ask(index, 'A6', 3, 1)).toMatchObject({ status: 'merged', codes: ['A4', 'A6'] });
    expect(ask(index, 'A5', 1, 3)).toMatchObject({ status: 'unchanged', codes: ['A5'] });
  });

  test('is no part that was given, only because the map reads again as before', () => {
    const titlePutBack = inTurn(history(given, [there]), {}, 'one', 'two', 'one');
    expect(ask(titlePutBack, 'A4', 1, 3)).toMatchObject({ status: 'split', choiceNeeded: true });
    const editedRollback = inTurn(history(given, [there]), { 3: 1 }, 'one', 'two', 'three');
    expect(ask(editedRollback, 'A4', 1, 3)).toMatchObject({ status: 'split', choiceNeeded: true });
  });

  test('is a part given and given back, where the whole map reads again as before', () => {
    expect(ask(history(given, [there, back]), 'A4', 1, 3)).toMatchObject({ choiceNeeded: true });
    const same = inTurn(history(given, [there, back]), {}, 'one', 'two', 'one');
    expect(ask(same, 'A4', 1, 3)).toMatchObject({ status: 'unchanged', codes: ['A4'] });
    expect(ask(same, 'A5', 2, 3)).toMatchObject({ status: 'split' });
  });

  test('is done once: what is done again afterwards stands', () => {
    const again = history(
      [
        ['x', 'A4', 1, 2],
        ['y', 'A5', 1],
        ['x', 'A4', 3, 4],
      ],
      [...links, [4, 'x', 'y', { kind: 'merged' }]],
    );
    expect(ask(again, 'A4', 1, 4)).toMatchObject({ status: 'merged', codes: ['A5'] });
    const rolledBack = inTurn(again, { 3: 1, 4: 2 }, 'one', 'two', 'one', 'two');
    expect(ask(rolledBack, 'A4', 1, 4)).toMatchObject({ status: 'merged', codes: ['A5'] });
  });
});

test('a retired code without a successor is retired, and the path says when', () => {
  const ended = history([['x', 'A1', 1, 3]]);
  expect(ask(ended, 'A1', 1, 5)).toMatchObject({ status: 'retired', codes: [] });
  expect(kinds(ended, 'A1', 1, 5)).toEqual(['3 retired A1 ']);
});

test('an index that grows keeps its older answers', () => {
  const index = history([['x', 'A1', 1]]);
  index.endRange(id('x'), 2);
  index.addRange({ conceptId: id('x'), code: codeFrom('B1'), title: 'x', from: 2, to: null });
  expect(ask(index, 'A1', 1, 1)).toMatchObject({ status: 'unchanged' });
  expect(ask(index, 'A1', 1, 2)).toMatchObject({ status: 'renumbered', codes: ['B1'] });
});

describe('a code that nobody carries', () => {
  const index = history([
    ['a', 'A1.1.1', 1],
    ['b', 'B1.1.1', 1],
    ['c', 'A1.1.2', 1, 2],
  ]);

  test.each([
    ['lower case', 'a1.1.1', ['A1.1.1']],
    ['spaces', ' A1. 1.1 ', ['A1.1.1']],
    ['commas', 'A1,1,1', ['A1.1.1']],
    ['leading zeros', 'A01.1.01', ['A1.1.1']],
    ['a Cyrillic letter', 'А1.1.1', ['A1.1.1']],
    ['no letter', '1.1.1', ['A1.1.1', 'B1.1.1']],
    ['a level too many', 'A1.1.1.9', ['A1.1.1']],
    ['nothing near', 'Z9', []],
    ['one that has ended', 'a1.1.2', ['A1.1.2']],
    ['a sign too many', 'A.1.1.2', ['A1.1.2']],
  ])('has near ones: %s', (_, written, near) => {
    expect(resolve(index, codeFrom(written), 2, 2).status).toBe('unknown');
    expect(new NearCodes(index).find(written, 2)).toEqual(near);
  });
});
