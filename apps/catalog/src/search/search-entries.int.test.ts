import type { Edit, Edition } from '#contracts';
import { inTransaction, orProblem, run, sql } from '#platform';
import { codeFrom, conceptIdFrom } from '#taxonomy';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SchemeRow } from '../database/entities/scheme.entity.ts';
import { editDraft } from '../drafts/edit-draft.ts';
import { openDraft } from '../drafts/open-draft.ts';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { editor } from '../testing/people.ts';
import { publishDraft } from '../testing/publish-draft.ts';
import { sealingEdition } from '../testing/sealing-map.ts';
import { findRevision } from '../reading/find-revision.ts';
import { fileWords } from './file-words.ts';
import { searchEntries, type FoundEntry } from './search-entries.ts';

let catalog: CatalogDatabase;
beforeAll(async () => {
  catalog = await catalogDatabase();
});
afterAll(() => catalog.close());

const levels = [1, 2].map((depth) => ({ depth, names: { it: `livello ${depth}` } }));
const edition: Edition = { ...sealingEdition, levels };
const create = (
  parent: string | null,
  official: string,
  code: string | null = null,
): Edit & { conceptId: string } => ({
  op: 'create',
  conceptId: conceptIdFrom(randomUUID()),
  code: code === null ? null : codeFrom(code),
  parent,
  titles: { it: { official } },
});

async function newScheme(id: string): Promise<string> {
  await catalog.db.manager.insert(SchemeRow, { id, titles: { it: id }, languages: ['it'] });
  return id;
}

async function publishEdits(schemeId: string, edits: Edit[], of: Edition = edition): Promise<void> {
  const { db } = catalog;
  const draft = orProblem(
    await inTransaction(db, (transaction) => openDraft(transaction, schemeId, editor, { edition: of })),
  );
  orProblem(await editDraft(db, draft.id, edits, editor));
  orProblem(await publishDraft(db, draft.id));
}

async function titlesFound(schemeId: string, number: number, q: string): Promise<(string | undefined)[]> {
  const items = await everyPage(schemeId, number, q);
  return items.map(({ titles }) => titles['it']?.official);
}

/** Page by page, two entries on each. */
async function everyPage(schemeId: string, number: number, q: string): Promise<FoundEntry[]> {
  const { db } = catalog;
  const revision = orProblem(await findRevision(db.manager, schemeId, number));
  const found: FoundEntry[] = [];
  for (let cursor: string | null = '0'; cursor !== null;) {
    const page = await searchEntries(db, revision, { q, cursor, limit: 2 });
    found.push(...page.items);
    cursor = page.next;
  }
  return found;
}

test('entries without codes that share a rank stand in one order, so that pages name each of them once', async () => {
  const { db } = catalog;
  const schemeId = await newScheme('prodotti');
  const tops = Array.from({ length: 60 }, (_, i) => create(null, `Reparto ${i}`));
  const below = tops.map(({ conceptId }, i) => create(conceptId, `Prodotto ${i}`));
  await publishEdits(schemeId, [...tops, ...below]);
  const revision = orProblem(await findRevision(db.manager, schemeId, 1));
  for (const q of [undefined, 'Prodotto']) {
    const named: string[] = [];
    for (let cursor: string | null = '0'; cursor !== null;) {
      const page = await searchEntries(db, revision, { q, cursor, limit: 7 });
      named.push(...page.items.map(({ conceptId }) => conceptId));
      cursor = page.next;
    }
    expect(new Set(named).size).toBe(named.length);
    expect(named).toHaveLength(q === undefined ? 120 : 60);
  }
});

test('entries without codes are told apart by the titles above them', async () => {
  await newScheme('negozio');
  const [dogs, cats] = [create(null, 'Cani'), create(null, 'Gatti')];
  const food = [dogs, cats].map(({ conceptId }) => create(conceptId, 'Cibo'));
  await publishEdits('negozio', [dogs, cats, ...food]);
  const found = await everyPage('negozio', 1, 'cibo');
  expect(found.map(({ above }) => above.join()).sort()).toEqual(['Cani', 'Gatti']);
  const [top] = await everyPage('negozio', 1, 'cani');
  expect(top).toMatchObject({ above: [] });
});

describe('the beginning of a code finds it, however the codes of an edition are written', () => {
  const nace: Edition = {
    ...sealingEdition,
    separator: '',
    levels: [
      { depth: 1, names: { en: 'section' }, pattern: '[A-U]|ABC|[a-z][0-9]' },
      { depth: 2, names: { en: 'division' }, pattern: '[0-9]{2}|ABC-[0-9]+', parent: 'stated' },
      { depth: 3, names: { en: 'group' }, pattern: '[0-9]{2}\\.[0-9]' },
      { depth: 4, names: { en: 'class' }, pattern: '[0-9]{2}\\.[0-9]{2}' },
    ],
  };
  const section = create(null, 'Agriculture', 'A');
  const division = create(section.conceptId, 'Crop production', '01');
  const group = create(division.conceptId, 'Non-perennial crops', '01.1');
  const classes = [
    create(group.conceptId, 'Growing of cereals', '01.11'),
    create(group.conceptId, 'Growing of rice (01 and 11)', '01.12'),
  ];
  const basics = create(null, 'Basics', 'ABC');
  const ended = [...classes, group, division];

  beforeAll(async () => {
    const others = [
      create(basics.conceptId, 'Writing more', 'ABC-10'),
      create(basics.conceptId, 'Reading', 'ABC-1'),
      create(basics.conceptId, 'Writing', 'ABC-2'),
      create(null, 'Letters abc', 'b2'),
    ];
    await newScheme('nace');
    await publishEdits('nace', [section, division, group, ...classes, basics, ...others], nace);
    const ends = ended.map(({ conceptId }): Edit => ({ op: 'retire', entry: conceptId, successors: [] }));
    await publishEdits('nace', ends, nace);
    await fileWords(catalog.db);
  });

  test.each([
    ['01.1', ['01.1', '01.11', '01.12']],
    ['01', ['01', '01.1', '01.11', '01.12']],
    ['01.11', ['01.11', '01.12']],
    ['ABC', ['ABC', 'ABC-1', 'ABC-2', 'ABC-10', 'b2']],
    ['ab', ['ABC', 'ABC-1', 'ABC-2', 'ABC-10', 'b2']],
    ['abc-1', ['ABC-1', 'ABC-10']],
    ['A', ['A', 'ABC', 'ABC-1', 'ABC-2', 'ABC-10']],
    ['B', ['b2', 'ABC']],
    ['В2', ['b2']],
    ['\u0301', []],
  ])('%s: codes first, then titles that have the word, each of them once', async (q, codes) => {
    expect((await everyPage('nace', 1, q)).map(({ code }) => code)).toEqual(codes);
  });

  test('in the revision that is asked for', async () => {
    expect((await everyPage('nace', 2, '01')).map(({ code }) => code)).toEqual([]);
    expect((await everyPage('nace', 2, 'abc-2')).map(({ code }) => code)).toEqual(['ABC-2']);
  });
});

test.each([
  ['before they are filed', 'servizi', false],
  ['once they are filed', 'sportelli', true],
])('a revision is searched by the words that it had, %s', async (_, id, isFiled) => {
  const schemeId = await newScheme(id);
  const service = create(null, 'Sportello per le imprese');
  await publishEdits(schemeId, [service, create(null, 'Sportello per i cittadini')]);
  const titles = { it: { official: 'Ufficio delle start-up' } };
  await publishEdits(schemeId, [{ op: 'change', entry: service.conceptId, titles }]);
  if (isFiled) await fileWords(catalog.db);
  expect(await filedOf(schemeId)).toBe(isFiled ? 3 : 0);
  expect(await titlesFound(schemeId, 2, 'ufficio')).toEqual(['Ufficio delle start-up']);
  expect(await titlesFound(schemeId, 2, 'impresa')).toEqual([]);
  expect(await titlesFound(schemeId, 1, 'impresa')).toEqual(['Sportello per le imprese']);
  expect(await titlesFound(schemeId, 1, 'ufficio')).toEqual([]);
  expect(await titlesFound(schemeId, 2, 'sportello')).toEqual(['Sportello per i cittadini']);
});

test('words are filed once, by several processes at once, and after one was stopped', async () => {
  const { db } = catalog;
  const schemeId = await newScheme('uffici');
  await publishEdits(schemeId, [create(null, 'Protocollo'), create(null, 'Personale')]);
  const stopping = new AbortController();
  await fileWords(db, { signal: stopping.signal, turned: () => stopping.abort() });
  expect(await filedOf(schemeId)).toBe(0);
  await Promise.all([fileWords(db), fileWords(db)]);
  expect(await filedOf(schemeId)).toBe(2);
  await fileWords(db);
  expect(await filedOf(schemeId)).toBe(2);
});

async function filedOf(schemeId: string): Promise<number | undefined> {
  const [row] = await run<{ filed: number }>(
    catalog.db,
    sql`
    select count(*)::int as filed from entry_words w join entry e using (concept_id, from_revision)
    where e.scheme_id = ${schemeId}`,
  );
  return row?.filed;
}
