import { describe, expect, test } from 'vitest';
import { conceptIdFrom } from './entry.ts';
import { successionOf } from './succession.ts';

const concepts = (names: string) => new Set(names.split('').map(conceptIdFrom));
/** `AB>C`: links from A and from B to C. */
const kindsOf = (written: string, base: string, next: string) => {
  const links = written.split(' ').flatMap((group) => {
    const [from = '', to = ''] = group.split('>');
    return from
      .split('')
      .flatMap((a) =>
        to.split('').map((b) => ({ predecessor: conceptIdFrom(a), successor: conceptIdFrom(b) })),
      );
  });
  const found = successionOf(links, concepts(base), concepts(next));
  return Object.fromEntries([...found].map(([id, { kind }]) => [id, kind]));
};

describe('what succession links amount to', () => {
  test('one for one is replaced, one for several split, several for one merged, several for several regrouped', () => {
    expect(kindsOf('A>B', 'A', 'B')).toEqual({ A: 'replaced', B: 'replaced' });
    expect(kindsOf('A>BC', 'A', 'BC')).toEqual({ A: 'split', B: 'split', C: 'split' });
    expect(kindsOf('AB>C', 'AB', 'C')).toEqual({ A: 'merged', B: 'merged', C: 'merged' });
    expect(kindsOf('A>CD B>D', 'AB', 'CD')).toMatchObject({ A: 'regrouped', B: 'regrouped' });
  });

  test('links that do not touch each other are apart', () => {
    expect(kindsOf('A>B C>DE', 'AC', 'BDE')).toMatchObject({ A: 'replaced', C: 'split', D: 'split' });
  });

  test('a concept that gives off a part and lives on is split, one that absorbs another is merged', () => {
    expect(kindsOf('A>B', 'A', 'AB')).toEqual({ A: 'split', B: 'split' });
    expect(kindsOf('A>B', 'AB', 'B')).toEqual({ A: 'merged', B: 'merged' });
    expect(kindsOf('A>B', 'AB', 'AB')).toEqual({ A: 'regrouped', B: 'regrouped' });
  });
});
