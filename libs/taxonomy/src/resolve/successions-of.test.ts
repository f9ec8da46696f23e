import { expect, test } from 'vitest';
import { grammar } from '../arbitrary.ts';
import { diff } from '../diff.ts';
import { codeFrom, conceptIdFrom, type ConceptId, type Entry } from '../entry.ts';
import { successionsOf } from './successions-of.ts';

const map = (...names: string[]) =>
  new Map(
    names.map((name, i): [ConceptId, Entry] => [
      conceptIdFrom(name),
      {
        conceptId: conceptIdFrom(name),
        code: codeFrom(`A${i + 1}`),
        parentId: null,
        rank: i,
        titles: { it: { official: name } },
        notes: {},
        attributes: {},
      },
    ]),
  );
const told = (base: string[], next: string[], ...stated: [string, string][]) => {
  const links = stated.map(([predecessor, successor]) => ({
    predecessor: conceptIdFrom(predecessor),
    successor: conceptIdFrom(successor),
  }));
  const changes = diff(map(...base), map(...next), { grammar, successions: { links } });
  return successionsOf(changes, 2).map(
    ({ predecessor, successor, kind, continues }) =>
      `${predecessor} ${kind} ${successor}${continues ? ', goes on' : ''}`,
  );
};

test('both sides of a link are one succession', () => {
  expect(told(['x'], ['y'], ['x', 'y'])).toEqual(['x replaced y']);
});

test('two into two is a regrouping', () => {
  const links: [string, string][] = [
    ['x', 'y'],
    ['x', 'z'],
    ['w', 'z'],
  ];
  expect(told(['w', 'x'], ['y', 'z'], ...links).sort()).toEqual([
    'w regrouped z',
    'x regrouped y',
    'x regrouped z',
  ]);
});

test('a concept that gives off a part without changing itself is named by its successor alone', () => {
  expect(told(['x'], ['x', 'y'], ['x', 'y'])).toEqual(['x split y, goes on']);
});
