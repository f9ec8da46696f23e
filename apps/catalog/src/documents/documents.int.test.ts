import { isRefusal, orProblem } from '#platform';
import { apply, codeFrom, compose, diff, merkle } from '#taxonomy';
import type { Edit } from '#contracts';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { editDraft } from '../drafts/edit-draft.ts';
import { openDraft } from '../drafts/open-draft.ts';
import { addHistory } from '../history/add-history.ts';
import { readWorkbook } from '../imports/formats/xlsx/read-workbook.ts';
import { readArchive } from '../imports/formats/zip/read-archive.ts';
import { findRevision } from '../reading/find-revision.ts';
import { SchemeHistories } from '../resolve/scheme-histories.ts';
import { readOrdered } from '../reading/read-tree.ts';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { editor } from '../testing/people.ts';
import { publishDraft } from '../testing/publish-draft.ts';
import { publishSeed } from '../testing/seed.ts';
import { administrator, draftSynthetic2019, replaced2019 } from '../testing/synthetic-2019.ts';
import { changeSetJson } from './change-set-json.ts';
import { concordanceCsv, concordanceTable, concordanceXlsx } from './concordance-table.ts';
import { findPair } from './find-pair.ts';
import { loadComparison, type Comparison } from './load-comparison.ts';
import { notesHtml } from './notes-html.ts';
import { notesMarkdown } from './notes-markdown.ts';
import { printMap } from './print-map.ts';
import { releaseNotes } from './release-notes.ts';

const scheme = 'processi-camerali';
let catalog: CatalogDatabase;

const revise = async (edits: Edit[]): Promise<void> => {
  const draft = await openDraft(catalog.db.manager, scheme, editor);
  if (isRefusal(draft)) throw new Error(draft.title.english);
  const edited = await editDraft(catalog.db, draft.id, edits, editor);
  if (isRefusal(edited)) throw new Error(JSON.stringify(edited.problems));
  const published = await publishDraft(catalog.db, draft.id);
  if (isRefusal(published)) throw new Error(JSON.stringify(published));
};
const it = (official: string) => ({ it: { official } });

beforeAll(async () => {
  catalog = await catalogDatabase();
  await publishSeed(catalog.db);
  await revise([
    { op: 'change', entry: 'A1.1.1.1', titles: it('Relazione < previsionale & programmatica') },
    { op: 'change', entry: 'A1.1.1.6', code: codeFrom('A1.1.1.7') },
    { op: 'create', code: codeFrom('A1.1.1.6'), titles: it('Piano dei fabbisogni') },
    { op: 'retire', entry: 'A3.1.1.5', successors: ['A3.1.1.7'] },
    { op: 'create', code: codeFrom('A3.1.1.9'), titles: it('Podcast'), predecessors: ['A3.1.1.6'] },
    { op: 'create', code: codeFrom('A3.1.1.10'), titles: it('Video'), predecessors: ['A3.1.1.6'] },
    { op: 'retire', entry: 'A3.1.1.6' },
    { op: 'retire', entry: 'Z1.1.1.3', successors: [] },
  ]);
  await revise([{ op: 'retire', entry: 'A3.1.1.9', successors: ['A3.1.1.8'] }]);
});
afterAll(() => catalog.close());

const compare = async (from: number, to: number): Promise<Comparison> => {
  const pair = orProblem(await findPair(catalog.db.manager, scheme, `${from}`, `${to}`));
  const history = orProblem(await new SchemeHistories(catalog.db).get(scheme));
  return loadComparison(catalog.db, history, pair.from, pair.to);
};

describe('release notes', () => {
  test('say in Italian what is new, retired, split, renumbered and retitled', async () => {
    const notes = notesMarkdown(releaseNotes(await compare(1, 2), 'it'));
    for (const line of [
      '- **A1.1.1.6** → **A1.1.1.7** Altri documenti',
      '- **A1.1.1.1** Relazione \\< previsionale \\& programmatica',
      '  - Titolo precedente: «Relazione Previsionale e Programmatica»',
      '- Diviso: **A3.1.1.6** «',
      '**A3.1.1.9** «Podcast» + **A3.1.1.10** «Video»',
      '- Unito: ',
      '- **Z1.1.1.3** ',
    ])
      expect(notes).toContain(line);
  });

  test('warn aloud of a code that means something else now', async () => {
    const { warning } = releaseNotes(await compare(1, 2), 'en');
    expect(warning?.items).toHaveLength(1);
    expect(JSON.stringify(warning)).toMatch(
      /A1\.1\.1\.6.*Altri documenti.*is now in.*A1\.1\.1\.7.*Piano dei fabbisogni/,
    );
  });

  test('are pages without script in which every text is escaped', async () => {
    const page = notesHtml(releaseNotes(await compare(1, 2), 'en'));
    expect(page).toContain('Relazione &#60; previsionale &#38; programmatica');
    expect(page).not.toMatch(/<script|< previsionale/);
  });

  test('tell each change of the change set in exactly one section', async () => {
    const comparison = await compare(1, 3);
    const { counts, sections } = releaseNotes(comparison, 'it');
    const successions =
      sections.find(({ title }) => title === 'Voci sostituite, divise o unite')?.items.length ?? 0;
    const others = comparison.changes.filter(({ successionKind }) => successionKind === null).length;
    expect(counts.reduce((sum, [number]) => sum + number, 0)).toBe(successions + others);
  });

  test('count a split once, and one thing in the singular', async () => {
    const { counts } = releaseNotes(await compare(1, 2), 'it');
    expect(counts).toEqual(
      expect.arrayContaining([
        [1, 'voce nuova'],
        [2, 'sostituzioni, divisioni o unioni di voci'],
        [1, 'voce cessata'],
      ]),
    );
  });
});

describe('the table of old and new codes', () => {
  const table = async (from: number, to: number) =>
    parse(concordanceCsv(await compare(from, to), 'it'), { bom: true });
  const ofCode = (rows: readonly string[][], code: string) =>
    rows.filter(([old]) => old === code).map(([, , outcome, next, , nowMeans]) => [outcome, next, nowMeans]);

  test('lists every old code with what became of it', async () => {
    const rows = await table(1, 2);
    expect(new Set(rows.slice(1).map(([, , , , , , id]) => id)).size).toBe(453);
    expect(ofCode(rows, 'A1.1.1.6')).toEqual([['ricodificato', 'A1.1.1.7', 'Piano dei fabbisogni']]);
    expect(ofCode(rows, 'A3.1.1.5')).toEqual([['unito', 'A3.1.1.7', '']]);
    expect(ofCode(rows, 'A3.1.1.6')).toEqual([
      ['diviso', 'A3.1.1.9', ''],
      ['diviso', 'A3.1.1.10', ''],
    ]);
    expect(ofCode(rows, 'Z1.1.1.3')).toEqual([['cessato', '', '']]);
    expect(ofCode(rows, 'A1')).toEqual([['invariato', 'A1', '']]);
    expect(ofCode(rows, 'A1.1.1.1')).toEqual([['stesso codice, titolo cambiato', 'A1.1.1.1', '']]);
  });

  test('has no cell that a spreadsheet could split at a semicolon', async () => {
    const comparison = await compare(1, 2);
    const official = 'Bilancio;=1+1';
    const after = new Map(
      [...comparison.after].map(([id, entry]) => [id, { ...entry, titles: { it: { official } } }]),
    );
    const text = concordanceCsv({ ...comparison, after }, 'it');
    expect(text).toContain(`,"${official}",`);
    expect(text.replaceAll(/"(?:[^"]|"")*"/g, '')).not.toContain(';');
  });

  test('is a workbook too, with the same cells', async () => {
    async function* file() {
      yield await concordanceXlsx(await compare(1, 2), 'it');
    }
    const rows: (readonly string[])[] = [];
    for await (const batch of readArchive(file(), 'xlsx', (archive) => readWorkbook(archive)))
      for (const item of batch) if ('row' in item) rows.push(item.row.cells);
    const padded = rows.map((cells) => [...cells, ...Array<string>(8 - cells.length).fill('')]);
    expect(padded).toEqual(await table(1, 2));
  });

  test('follows successors through several revisions', async () => {
    expect(ofCode(await table(1, 3), 'A3.1.1.6').map(([, next]) => next)).toEqual(['A3.1.1.8', 'A3.1.1.10']);
  });
});

test('the change set for machines leads from one revision to the other, by hash', async () => {
  const comparison = await compare(1, 3);
  const { changes, to } = JSON.parse(changeSetJson(comparison)) as {
    changes: Parameters<typeof apply>[0];
    to: { contentHash: string };
  };
  expect(merkle(scheme, apply(changes, comparison.before).values()).root).toBe(to.contentHash);
});

test('change sets of successive revisions, composed, say what the comparison of the ends says', async () => {
  const [first, second, whole] = [await compare(1, 2), await compare(2, 3), await compare(1, 3)];
  const composed = compose(first.changes, second.changes);
  const reached = apply(composed, first.before);
  expect(merkle(scheme, reached.values()).root).toBe(whole.to.revision.contentHash.toString('hex'));
  const said = ({ changes }: Pick<Comparison, 'changes'>) =>
    new Map(
      changes.map(({ conceptId, kinds, successors }) => [
        conceptId,
        { kinds, successors: new Set(successors) },
      ]),
    );
  expect(said({ changes: composed })).toEqual(said(whole));
});

describe('from a later revision to an earlier one', () => {
  test('the notes say what goes back, and nothing is new or retired', async () => {
    const notes = notesMarkdown(releaseNotes(await compare(2, 1), 'it'));
    expect(notes).not.toMatch(/nuov|cessat|prendono il posto/i);
    for (const line of [
      '# Che cosa cambia tornando indietro',
      '## Voci che tornano\n',
      '- **Z1.1.1.3** ',
      '- Torna in una sola voce: **A3.1.1.9** «Podcast» + **A3.1.1.10** «Video» → **A3.1.1.6** «',
      '- Torna in più voci: **A3.1.1.7** «',
      '## Voci che non c’erano\n',
      '- **A1.1.1.6** Piano dei fabbisogni',
      '- **A1.1.1.7** → **A1.1.1.6** Altri documenti',
      '  - Titolo nella più recente: «Relazione \\< previsionale \\& programmatica»',
      'Attenzione: codici che allora indicavano un’altra cosa',
    ])
      expect(notes).toContain(line);
  });

  test('the table leads every later code to those before', async () => {
    const rows = parse(concordanceCsv(await compare(2, 1), 'en'), { bom: true });
    expect(rows[0]?.[0]).toBe('later code');
    const of = (code: string) =>
      rows.filter(([later]) => later === code).map(([, , outcome, before]) => [outcome, before]);
    expect(of('A3.1.1.9')).toEqual([['back to one entry', 'A3.1.1.6']]);
    expect(of('A3.1.1.7')).toEqual([
      ['back to several entries', 'A3.1.1.5'],
      ['back to several entries', 'A3.1.1.7'],
    ]);
    expect(of('A1.1.1.7')).toEqual([['back to the code before', 'A1.1.1.6']]);
    expect(of('A1.1.1.6')).toEqual([['was not there', '']]);
    expect(of('A1')).toEqual([['unchanged', 'A1']]);
  });

  test('the change set leads there, by hash', async () => {
    const comparison = await compare(3, 1);
    expect(merkle(scheme, apply(comparison.changes, comparison.before).values()).root).toBe(
      comparison.to.revision.contentHash.toString('hex'),
    );
  });
});

test('a revision differs from itself in nothing, and its documents say so', async () => {
  const same = await compare(2, 2);
  expect(JSON.parse(changeSetJson(same))).toMatchObject({ changes: [], links: [] });
  const notes = releaseNotes(same, 'it');
  expect(notes).toMatchObject({ counts: [], warning: null, sections: [] });
  expect(notesMarkdown(notes)).toContain('Nessuna differenza.');
  expect(notesHtml(notes)).toContain('Nessuna differenza.');
  const outcomes = parse(concordanceCsv(same, 'it'), { bom: true, from: 2 }).map(([, , outcome]) => outcome);
  expect(new Set(outcomes)).toEqual(new Set(['invariato']));
});

test('entries without codes are told by the titles that lead to them', async () => {
  const coded = await compare(1, 2);
  const withoutCodes = (entries: Comparison['before']) =>
    new Map([...entries].map(([id, entry]) => [id, { ...entry, code: null }]));
  const [before, after] = [withoutCodes(coded.before), withoutCodes(coded.after)];
  const changes = diff(before, after, { grammar: coded.to.edition, successions: coded.successions });
  const comparison = { ...coded, before, after, changes };
  const rows = concordanceTable(comparison, 'it').slice(1);
  expect(rows).toHaveLength(454);
  const ending = (end: string) =>
    rows.filter(([, name]) => name?.endsWith(end)).map((row) => row.slice(0, 5));
  const [[, path = ''] = []] = ending('› Relazione Previsionale e Programmatica');
  expect(path.split(' › ')).toHaveLength(5);
  const above = path.slice(0, path.lastIndexOf(' › '));
  expect(ending('› Relazione Previsionale e Programmatica')).toEqual([
    ['', path, 'titolo cambiato', '', `${above} › Relazione < previsionale & programmatica`],
  ]);
  const { sections } = releaseNotes(comparison, 'it');
  const created = sections.find(({ title }) => title === 'Voci nuove')?.items.map(({ says }) => says);
  expect(created).toEqual([[`${above} › Piano dei fabbisogni`]]);
});

test('a revision that is not there has no documents', async () => {
  expect(await findPair(catalog.db.manager, scheme, '1', '9')).toMatchObject({ code: 'revision-unknown' });
});

test('an edition is found by its label, which stands for the last revision of it', async () => {
  const named = (from: string, to: string) => findPair(catalog.db.manager, scheme, from, to);
  const numbers = { from: { number: 1 }, to: { number: 3 } };
  expect(await named('1', 'Rev. 2023')).toMatchObject(numbers);
  expect(await named('Rev. 2023', '3')).toMatchObject({ from: { number: 3 }, to: { number: 3 } });
  expect(await named('Rev. 1999', '3')).toMatchObject({ code: 'edition-unknown', status: 404 });
});

test('the printed map has every entry once, below its headings, with edition and hash at the foot', async () => {
  const found = orProblem(await findRevision(catalog.db.manager, scheme, 1));
  const page = printMap(found, await readOrdered(catalog.db, found), 'it');
  expect(page.match(/<td class="filled">/g)).toHaveLength(449);
  expect(page.match(/<h2>/g)).toHaveLength(4);
  expect(page.match(/<table>/g)).toHaveLength(17);
  expect(page.match(/\[titolo mancante nel documento\]/g)).toHaveLength(7);
  expect(page).toContain('8e08f8336191e92289426804618d3133205f6b458e7f52fbade2b3487edf9d53');
});

describe('documents of an edition from before the first revision', () => {
  beforeAll(async () => {
    const added = await addHistory(catalog.db, {
      schemeId: scheme,
      draftId: await draftSynthetic2019(catalog.db, scheme, replaced2019),
      by: await administrator(catalog.db),
    });
    expect(isRefusal(added)).toBe(false);
  });

  test('lead its codes to those of later revisions, and warn of codes that were reused', async () => {
    const [header, ...rows] = parse(concordanceCsv(await compare(0, 3), 'it'), { bom: true });
    expect(header?.[0]).toBe('codice precedente');
    const outcomes = rows.map(([old, , outcome, next, , nowMeans]) => [old, outcome, next, nowMeans]);
    expect(outcomes).toContainEqual(['A1.1.1.6', 'ricodificato', 'A1.3.2.5', 'Piano dei fabbisogni']);
    expect(outcomes).toContainEqual(['A1.1.1.9', 'sostituito', 'A1.1.1.4', '']);
    expect(releaseNotes(await compare(0, 1), 'en').warning?.items).toHaveLength(1);
  });

  test('print it with its own levels', async () => {
    const found = orProblem(await findRevision(catalog.db.manager, scheme, 0));
    const page = printMap(found, await readOrdered(catalog.db, found), 'it');
    expect(page).toContain('funzione (2019, sintetica)');
    expect(page.match(/<td class="filled">/g)).toHaveLength(5);
  });
});
