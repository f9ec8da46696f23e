import { describe, expect, it } from 'vitest';
import { codeSchema } from '#contracts';
import type { StoredRecord } from '#targets';
import { conceptNumber } from '../testing/map-history.ts';
import { bestFit, standsIn, type PastEntry } from './best-fit.ts';
import { decideAdoption } from './decide.ts';
import { matchRecords } from './match-records.ts';

const entry = (n: number, code: string, title: string, from = 1, to: number | null = null): PastEntry => ({
  conceptId: conceptNumber(n),
  code: codeSchema.parse(code),
  level: 1,
  parentId: null,
  titles: { it: { official: title } },
  from,
  to,
});

/** The code A1.1.1.6 was the staffing plan, and means other planning documents from revision 2 on. */
const entries = [
  entry(1, 'A1', 'Pianificazione'),
  entry(2, 'A1.1', 'Piano occupazionale', 1, 2),
  entry(3, 'A1.1', 'Altri documenti', 2),
  entry(2, 'A1.3', 'Piano occupazionale', 2),
  entry(4, 'A1.2', 'Bilancio'),
];

const record = (
  externalId: string,
  code: string,
  title: string,
  more: { readonly key?: string; readonly active?: boolean } = {},
): StoredRecord => ({
  externalId,
  key: more.key ?? null,
  content: { code, title, parent: null, level: 1, active: more.active ?? true, validTo: null },
});

const match = (records: readonly StoredRecord[], revision: number) => {
  const concepts = new Set(entries.map(({ conceptId }) => conceptId));
  const { adopted, asked, foreign } = matchRecords(
    records,
    entries.filter(standsIn(revision)),
    concepts,
    'it',
  );
  return {
    adopted: adopted.map(({ record, conceptId, by }) => [record.externalId, conceptId, by]),
    asked: asked.map(({ record, candidates }) => [
      record.externalId,
      candidates.map(({ conceptId }) => conceptId),
    ]),
    foreign: foreign.map(({ externalId }) => externalId).sort(),
  };
};

describe('the edition of a target', () => {
  const fit = (...records: StoredRecord[]) => {
    const seen = records.map(({ content: { code, title } }) => ({ code, title }));
    return bestFit(seen, entries, 'it', 2);
  };

  it('is the one of which its records say most, though a newer one has the same codes', () => {
    expect(fit(record('r1', 'A1', 'Pianificazione'), record('r2', 'A1.1', 'PIANO  occupazionale'))).toBe(1);
    expect(fit(record('r1', 'A1', 'Pianificazione'), record('r2', 'A1.1', 'Altri documenti'))).toBe(2);
  });

  it('is the newest of several that fit as well, and none when no record says anything of any', () => {
    expect(fit(record('r1', 'A1', 'Pianificazione'))).toBe(2);
    expect(fit(record('r1', 'X9', 'Altro'))).toBe(0);
  });
});

describe('a record that was there before', () => {
  it('is adopted by code and title of that edition: what a code means now does not count', () => {
    expect(match([record('r2', 'A1.1', 'Piano occupazionale')], 1).adopted).toEqual([
      ['r2', conceptNumber(2), 'code-and-title'],
    ]);
  });

  it('is adopted by our own key whatever it says; of several the one in use, else the latest', () => {
    const [key, later] = [conceptNumber(2), `${conceptNumber(2)}:2`];
    const first = record('r1', 'X', 'x', { key });
    const second = record('r2', 'Y', 'y', { key: later, active: false });
    expect(match([first, second], 2)).toEqual({
      adopted: [['r1', conceptNumber(2), 'key']],
      asked: [],
      foreign: ['r2'],
    });
    const ended = record('r1', 'X', 'x', { key, active: false });
    expect(match([second, ended], 2).adopted).toEqual([['r2', conceptNumber(2), 'key']]);
  });

  it('is asked about when only its code or only its title is known', () => {
    const records = [record('r1', 'A1.2', 'Bilanci'), record('r2', 'B7', 'Pianificazione')];
    expect(match(records, 2)).toEqual({
      adopted: [],
      asked: [
        ['r1', [conceptNumber(4)]],
        ['r2', [conceptNumber(1)]],
      ],
      foreign: [],
    });
  });

  it('is asked about when it stands twice, or is out of use', () => {
    const twice = [record('r1', 'A1', 'Pianificazione'), record('r2', 'A1', 'Pianificazione')];
    expect(match(twice, 2).asked).toHaveLength(2);
    expect(match([record('r1', 'A1', 'Pianificazione', { active: false })], 2).asked).toHaveLength(1);
  });

  it('is foreign when nothing of it is known, or when what it resembles has its record', () => {
    const records = [
      record('r1', 'A1', 'Pianificazione'),
      record('r2', 'Z', 'Pianificazione'),
      record('r3', 'Q', 'Altro', { key: 'somebody-else' }),
    ];
    expect(match(records, 2)).toEqual({
      adopted: [['r1', conceptNumber(1), 'code-and-title']],
      asked: [],
      foreign: ['r2', 'r3'],
    });
  });
});

describe('decisions', () => {
  const twice = [record('r1', 'A1', 'Pianificazione'), record('r2', 'A1', 'Pianificazione')];
  const concepts = new Set([conceptNumber(1)]);
  const matched = matchRecords(twice, entries.filter(standsIn(2)), concepts, 'it');
  const decide = (decisions: readonly { externalId: string; conceptId: PastEntry['conceptId'] | null }[]) =>
    decideAdoption('t', 2, matched, { revision: 2, decisions: [...decisions] });

  it('are needed for every record that was asked about, and all that lacks is said at once', () => {
    expect(decide([])).toMatchObject({ code: 'decisions-incomplete', problems: [{}, {}] });
    const one = { externalId: 'r1', conceptId: conceptNumber(1) };
    expect(decide([one, { externalId: 'r2', conceptId: null }])).toMatchObject([
      { conceptId: conceptNumber(1), by: 'decision' },
    ]);
  });

  it('never give one concept two records, or a record what it cannot be', () => {
    const [one, other] = ['r1', 'r2'].map((externalId) => ({ externalId, conceptId: conceptNumber(1) }));
    if (!one || !other) throw new Error('two');
    expect(decide([one, other])).toMatchObject({ problems: [{ code: 'A1' }] });
    expect(decide([one, { ...other, conceptId: conceptNumber(4) }])).toMatchObject({
      problems: [{ code: 'A1' }],
    });
    expect(decide([one, other, { ...one, externalId: 'r9' }])).toMatchObject({
      problems: [{ path: 'decisions.2.externalId' }, {}],
    });
  });

  it('are for the edition that was seen', () => {
    expect(decideAdoption('t', 1, matched, { revision: 2, decisions: [] })).toMatchObject({
      code: 'observation-changed',
      status: 409,
    });
  });
});

it('tells apart a hundred thousand records with keys of ours at the cost of reading them', () => {
  const many = Array.from({ length: 100_000 }, (_, i) =>
    record(`r${i}`, `A${i}`, 'a', { key: conceptNumber(1 + (i % 5)) }),
  );
  const { adopted, foreign } = match(many, 2);
  expect([adopted.length, foreign.length]).toEqual([4, 99_996]);
});
