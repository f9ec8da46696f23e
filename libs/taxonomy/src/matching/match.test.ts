import fc from 'fast-check';
import { expect, test } from 'vitest';
import { conceptIdFrom, type ConceptId } from '../entry.ts';
import { match } from './match.ts';
import type { Fixed, MatchItem, Matching } from './matching.ts';

/** `A1.1 Pianificazione` by line, below the code without its last segment; an entry's id is its code. */
const map = (...lines: string[]): MatchItem<ConceptId>[] =>
  lines.map((line) => {
    const [code = '', ...words] = line.split(' ');
    const parent = code.split('.').slice(0, -1).join('.');
    return { id: conceptIdFrom(code), parentId: parent || null, code, title: words.join(' ') };
  });
const staff = [
  'A1 Pianificazione e organizzazione',
  'A1.1 Pianificazione',
  'A1.1.1 Documenti di programmazione',
  'A1.1.1.1 Relazione previsionale e programmatica',
  'A1.1.1.2 Preventivo economico',
  'A1.1.1.3 Piano della performance',
  'A1.1.1.6 Piano occupazionale',
  'A1.1.1.7 Altri documenti di programmazione',
  'A1.3 Personale',
  'A1.3.2 Gestione delle assunzioni',
  'A1.3.2.1 Bandi di concorso',
];
const edited = (change: Record<string, string | null>, ...added: string[]) =>
  map(
    ...staff.flatMap((line) => {
      const changed = change[line.split(' ')[0]!];
      return changed === null ? [] : [changed ?? line];
    }),
    ...added,
  );
const of = ({ rows }: Matching, id: string) => rows.find(({ rowId }) => rowId === id)!;
const best = (matching: Matching, id: string) => of(matching, id).proposals[0]?.conceptId;

test('an edition that changes nothing is decided without a question', () => {
  const { rows, retired } = match(map(...staff), map(...staff));
  expect(rows.every(({ how, conceptId, rowId }) => how === 'automatic' && conceptId === rowId)).toBe(true);
  expect(retired).toEqual([]);
});

test('a renumbering chain into the code of something else is proposed, never decided', () => {
  const matching = match(
    edited(
      { 'A1.1.1.6': null, 'A1.1.1.7': 'A1.1.1.6 Altri documenti di programmazione' },
      'A1.3.2.5 Piano occupazionale',
    ),
    map(...staff),
  );
  expect(of(matching, 'A1.1.1.6')).toMatchObject({
    how: 'open',
    labels: ['code-reused', 'renumbered', 'chain'],
  });
  expect(best(matching, 'A1.1.1.6')).toBe('A1.1.1.7');
  expect(of(matching, 'A1.3.2.5')).toMatchObject({ how: 'open', labels: ['moved', 'renumbered', 'chain'] });
  expect(best(matching, 'A1.3.2.5')).toBe('A1.1.1.6');
});

test('every score has at most three places, that of a new entry too', () => {
  const matching = match(edited({ 'A1.1.1.6': 'A1.1.1.6 Piano del personale' }), map(...staff));
  const scores = matching.rows.flatMap(({ proposals }) => proposals.map(({ score }) => score));
  expect(of(matching, 'A1.1.1.6').proposals).toContainEqual(expect.objectContaining({ conceptId: null }));
  expect(scores.filter((score) => score !== Number(score.toFixed(3)))).toEqual([]);
});

test('two codes that change places are seen as a swap', () => {
  const matching = match(
    edited({ 'A1.1.1.2': 'A1.1.1.2 Piano della performance', 'A1.1.1.3': 'A1.1.1.3 Preventivo economico' }),
    map(...staff),
  );
  for (const [row, concept] of [
    ['A1.1.1.2', 'A1.1.1.3'],
    ['A1.1.1.3', 'A1.1.1.2'],
  ] as const) {
    expect(best(matching, row)).toBe(concept);
    expect(of(matching, row).labels).toContain('swap');
  }
});

test('a changed title below the same code is a proposal with its evidence', () => {
  const matching = match(edited({ 'A1.1.1.1': 'A1.1.1.1 Relazione previsionale' }), map(...staff));
  expect(of(matching, 'A1.1.1.1')).toMatchObject({
    how: 'open',
    labels: ['retitled'],
    proposals: [
      { conceptId: 'A1.1.1.1', evidence: ['similar-title', 'same-code', 'same-parent', 'same-siblings'] },
      { conceptId: null, evidence: ['no-counterpart'] },
    ],
  });
});

test('a code given to something new leaves the old concept for a person to retire', () => {
  const matching = match(edited({ 'A1.1.1.3': 'A1.1.1.3 Ricorsi tributari' }), map(...staff));
  expect(best(matching, 'A1.1.1.3')).toBe(null);
  expect(of(matching, 'A1.1.1.3').labels).toEqual(['code-reused']);
  expect(matching.retired).toMatchObject([{ conceptId: 'A1.1.1.3', how: 'open', successors: [] }]);
});

test('the parts of a split are tied to the concept that they come from', () => {
  const base = map('A1 Affari', 'A1.1 Presenze e assenze del personale', 'A1.2 Fiere');
  const { rows } = match(
    map('A1 Affari', 'A1.2 Fiere', 'A1.4 Presenze del personale', 'A1.5 Assenze del personale'),
    base,
  );
  const parts = rows.filter(({ rowId }) => rowId === 'A1.4' || rowId === 'A1.5');
  expect(parts.map(({ conceptId }) => conceptId)).toContain('A1.1');
  expect(parts.find(({ conceptId }) => conceptId === null)).toMatchObject({
    labels: ['split-off'],
    origins: [{ conceptId: 'A1.1' }],
  });
});

test('concepts that become one are proposed as merged into it', () => {
  const base = map('A1 Affari', 'A1.2 Fiere italiane', 'A1.3 Fiere estere');
  const { retired } = match(map('A1 Affari', 'A1.6 Fiere italiane ed estere'), base);
  expect(retired).toMatchObject([{ conceptId: 'A1.3', shape: 'merged', successors: [{ rowId: 'A1.6' }] }]);
});

test('a branch that moved is followed down to its leaves', () => {
  const moved = map(...staff).map((item) =>
    item.code!.startsWith('A1.1.1')
      ? {
          ...item,
          id: conceptIdFrom(`B${item.code}`),
          code: item.code!.replace('A1.1.1', 'A1.3.9'),
          parentId: item.code === 'A1.1.1' ? 'A1.3' : `B${item.parentId}`,
        }
      : item,
  );
  const matching = match(moved, map(...staff));
  for (const { rowId, labels } of matching.rows.filter(({ rowId }) => rowId.startsWith('B'))) {
    expect(best(matching, rowId)).toBe(rowId.slice(1));
    expect(labels).toContain('renumbered');
    expect(labels.includes('moved')).toBe(rowId === 'BA1.1.1');
  }
});

test('what a person decided is taken, frees what follows from it, and is offered to nobody else', () => {
  const rows = edited({ A1: 'A1 Governo', 'A1.1.1.3': 'A1.1.1.3 Piano della prestazione' });
  const fixed: Fixed = {
    rows: new Map([
      ['A1', conceptIdFrom('A1')],
      ['A1.1.1.3', null],
    ]),
    retired: new Set([conceptIdFrom('A1.1.1.3')]),
  };
  const matching = match(rows, map(...staff), fixed);
  expect(of(matching, 'A1')).toMatchObject({ how: 'fixed', conceptId: 'A1' });
  expect(of(matching, 'A1.1.1.3')).toMatchObject({ how: 'fixed', conceptId: null });
  expect(matching.rows.filter(({ how }) => how === 'open')).toEqual([]);
  expect(matching.retired).toMatchObject([{ conceptId: 'A1.1.1.3', how: 'fixed' }]);
});

test('equal titles that meet by chance are not decided', () => {
  const base = map('A1 Affari', 'A1.1 Altro', 'A1.2 Fiere', 'B1 Borse', 'B1.1 Listini', 'B1.2 Altro');
  const rows = map('A1 Affari', 'A1.1 Altro', 'A1.2 Altro', 'B1 Borse', 'B1.1 Listini', 'B1.2 Fiere');
  const decided = match(rows, base).rows.filter(({ how }) => how === 'automatic');
  expect(decided.map(({ rowId }) => rowId)).toEqual(['A1', 'B1', 'B1.1']);
});

test.each([
  ['Conservazione a -18 °C', 'Conservazione a 18 °C'],
  ['Imprese con < 10 addetti', 'Imprese con > 10 addetti'],
  ['C', 'C++'],
  ['Superficie 10²', 'Superficie 102'],
  ['E-commerce', 'E commerce'],
])('"%s" with the code of "%s" is for a person to decide', (now, before) => {
  const { rows } = match(map('A1 Affari', `A1.1 ${now}`), map('A1 Affari', `A1.1 ${before}`));
  expect(rows).toMatchObject([{ how: 'automatic' }, { how: 'open', proposals: [{ conceptId: 'A1.1' }, {}] }]);
});

/** `Animali > Cani` by line, without codes; an entry's id is its path. */
const paths = (...lines: string[]): MatchItem<ConceptId>[] =>
  lines.map((line) => {
    const parts = line.split(' > ');
    const parentId = parts.slice(0, -1).join(' > ') || null;
    return { id: conceptIdFrom(line), parentId, code: null, title: parts.at(-1) ?? '' };
  });
const howByPath = (rows: readonly string[], base: readonly string[]) =>
  match(paths(...rows), paths(...base)).rows.flatMap(({ rowId, how, conceptId }) =>
    how === 'automatic' && conceptId === rowId ? [] : [rowId],
  );
const shop = [
  'Animali',
  'Animali > Cani',
  'Animali > Cani > Cibo',
  'Animali > Gatti',
  'Animali > Gatti > Cibo',
];

test('of entries without codes those at the same titles are decided, in any order, also where titles repeat', () => {
  const arts = ['Arte', 'Arte > Cani'];
  expect(howByPath([...arts, ...shop], [...shop, ...arts])).toEqual([]);
});

test('a repeated title without a code is asked about everywhere once one of its bearers went elsewhere', () => {
  const moved = shop.map((line) => (line === 'Animali > Gatti > Cibo' ? 'Animali > Cibo' : line));
  expect(howByPath(moved, shop)).toEqual(['Animali > Cani > Cibo', 'Animali > Cibo']);
  expect(howByPath([...shop, 'Animali > Cibo'], shop)).toEqual([
    'Animali > Cani > Cibo',
    'Animali > Gatti > Cibo',
    'Animali > Cibo',
  ]);
});

test('a row that stands twice at one place does not stand for a bearer of its title that went elsewhere', () => {
  const base = paths('P', 'Q', 'R', 'P > X', 'Q > X', 'R > X');
  const twice = paths('P > X').map((row) => ({ ...row, id: conceptIdFrom('P > X again') }));
  const { rows } = match([...paths('P', 'Q', 'R', 'P > X'), ...twice, ...paths('Q > X')], base);
  expect(rows.flatMap(({ rowId, how }) => (how === 'automatic' ? [rowId] : []))).toEqual(['P', 'Q', 'R']);
});

test('spaces and letter case make no other title', () => {
  const { rows } = match(map('A1 Affari', 'A1.1 Sportello  unico'), map('A1 AFFARI', 'A1.1 Sportello Unico'));
  expect(rows.map(({ how }) => how)).toEqual(['automatic', 'automatic']);
});

test('circles, absent parents, empty and repeated titles and codes are matched without failing', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;
  const item = fc.record({
    id: fc.constantFrom(...names).map(conceptIdFrom),
    parentId: fc.option(fc.constantFrom(...names)),
    code: fc.option(fc.constantFrom('A1', 'A2', 'A3')),
    title: fc.constantFrom('', '-', 'Altro', 'Gestione altro', '管理', '𝒜'),
  });
  const items = fc.uniqueArray(item, { selector: ({ id }) => id, maxLength: 8 });
  fc.assert(
    fc.property(items, items, (rows, base) => {
      const matching = match(rows, base);
      expect(matching.rows.map(({ rowId }) => rowId)).toEqual(rows.map(({ id }) => id));
      const taken = matching.rows.flatMap(({ conceptId }) => conceptId ?? []);
      expect(new Set(taken).size).toBe(taken.length);
      expect(new Set([...taken, ...matching.retired.map(({ conceptId }) => conceptId)])).toEqual(
        new Set(base.map(({ id }) => id)),
      );
    }),
  );
});

test('an entry at the same place under a title of its own is decided, though its only child is retitled', () => {
  const paths = (child: string): MatchItem<ConceptId>[] =>
    [
      ['Animali', null],
      ['Cani', 'Animali'],
      [child, 'Cani'],
    ].map(([title = '', parent = null]) => ({
      id: conceptIdFrom(title ?? ''),
      parentId: parent,
      code: null,
      title: title ?? '',
    }));
  const matching = match(paths('Guinzagli'), paths('Collari'));
  expect(of(matching, 'Cani')).toMatchObject({ how: 'automatic', conceptId: 'Cani' });
  expect(of(matching, 'Guinzagli')).toMatchObject({ how: 'open' });
});

test('children whose titles repeat are proposed for those between the same neighbours', () => {
  const titles = (...all: string[]) => all.map((title, i) => `B1.${i + 1} ${title}`);
  const base = map('B1 Sportello', ...titles('Esame', 'Verifica', 'Esame', 'Esito', 'Esame'));
  const rows = map('B1 Sportello', ...titles('Verifica', 'Esame', 'Esito', 'Esame'));
  const matching = match(rows, base);
  expect(['B1.2', 'B1.4'].map((id) => best(matching, id))).toEqual(['B1.3', 'B1.5']);
  expect(matching.retired.map(({ conceptId }) => conceptId)).toEqual(['B1.1']);
});
