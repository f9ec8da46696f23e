import type { Edit } from '#contracts';
import { codeFrom, conceptIdFrom, type CodeGrammar, type Entry } from '#taxonomy';
import { expect, test } from 'vitest';
import { decideEdits } from './decide-edits.ts';

const grammar: CodeGrammar = { separator: '', levels: [{ depth: 1, names: {}, pattern: '[A-Z]{3}' }] };
const entry: Entry = {
  conceptId: conceptIdFrom('00000000-0000-4000-8000-000000000001'),
  code: codeFrom('ANG'),
  parentId: null,
  rank: 32,
  titles: { it: { official: 'Vecchio' } },
  notes: {},
  attributes: {},
};
const nothing = {
  entries: new Map(),
  retired: new Set<never>(),
  successions: { links: [], decidedNone: new Set<never>() },
};
const placedBy = (edit: object) => {
  const context = { grammar, overlay: nothing, base: [entry], taken: new Set<string>() };
  return [...decideEdits([{ op: 'change', entry: 'ANG', ...edit }], context).placed];
};

test('an entry that keeps its code keeps its place among its siblings', () => {
  expect(placedBy({ titles: { it: { official: 'Nuovo' } } })).toEqual([]);
  expect(placedBy({ code: 'ANH' })).toEqual([entry.conceptId]);
});

test.each([
  ['retired, then changed', [0, 1]],
  ['changed, then retired', [1, 0]],
])('an entry that is %s in one list is a problem that names it', (_, order) => {
  const asked: Edit[] = [
    { op: 'retire', entry: 'ANG', successors: [] },
    { op: 'change', entry: entry.conceptId, titles: { it: { official: 'Nuovo' } } },
  ];
  const context = { grammar, overlay: nothing, base: [entry], taken: new Set<string>() };
  const { problems } = decideEdits(
    order.flatMap((i) => asked[i] ?? []),
    context,
  );
  expect(problems).toMatchObject([{ rule: 'retired-and-changed', path: 'edits[1]', code: 'ANG' }]);
});
