import { codeFrom, conceptIdFrom, finish, merkle, type ConceptId, type Entry } from '#taxonomy';
import { expect, test } from 'vitest';
import { sealingEdition } from '../testing/sealing-map.ts';
import { standOn, type Base, type ChangesOfDraft } from './stand-on.ts';

const entry = (id: string, code: string): Entry => ({
  conceptId: conceptIdFrom(id),
  code: codeFrom(code),
  parentId: null,
  rank: 16,
  titles: { it: { official: `Titolo ${id}` } },
  notes: {},
  attributes: {},
});
const mapOf = (...entries: Entry[]) => new Map(entries.map((each) => [each.conceptId, each]));
const base = (...entries: Entry[]): Base => ({
  entries: mapOf(...entries),
  contentHash: merkle('s', entries).root,
  revision: 1,
  edition: sealingEdition,
  known: new Set(entries.map(({ conceptId }) => conceptId)),
  freed: new Map(),
  ended: new Map(),
});
/** @param before as they are in its base: those that it changes, and those that it retires */
const draft = (entries: Entry[], before: Entry[] = [], retired = before): ChangesOfDraft => ({
  overlay: {
    entries: mapOf(...entries),
    retired: new Set(retired.map(({ conceptId }) => conceptId)),
    successions: { links: [], decidedNone: new Set<ConceptId>(retired.map(({ conceptId }) => conceptId)) },
  },
  before: mapOf(...before),
  edition: sealingEdition,
  baseEdition: sealingEdition,
  formerHolders: new Map(),
  ended: new Map(),
  acknowledged: new Set(),
});

test('a code that a sealed set frees and a later one gives out is reused, also with a set between', () => {
  const [other, old] = [entry('other', 'A1'), entry('old', 'A2')];
  const retitled = { ...other, titles: { it: { official: 'Altro titolo' } } };
  const freeing = finish(standOn('s', draft([], [old]), base(other, old)));
  if (!freeing.holds) throw new Error('it does not hold');
  const between = finish(standOn('s', draft([retitled], [other], []), freeing.next));
  if (!between.holds) throw new Error('it does not hold');
  expect(finish(standOn('s', draft([entry('last', 'A2')]), between.next))).toMatchObject({
    holds: false,
    findings: [{ rule: 'code-reused', key: 'code-reused:last:old:A2' }],
  });
});
