import { spoken } from '#words';
import { describe, expect, test } from 'vitest';
import { readRows } from '../../../testing/read-rows.ts';
import { seedFolder } from '../../../testing/seed.ts';
import { readJsonLd } from './read-json-ld.ts';
import { readTurtle } from './read-turtle.ts';

const { edition } = await seedFolder();
const opening = `@prefix skos: <http://www.w3.org/2004/02/skos/core#>.
@prefix xkos: <http://rdf-vocabulary.ddialliance.org/xkos#>.
@prefix : <http://data.example.eu/nace/>.
`;
const turtle = (text: string, options = {}) => readRows(readTurtle(edition, options), opening + text);
const jsonLd = (content: unknown) => readRows(readJsonLd(edition, {}), JSON.stringify(content));

describe('SKOS that others wrote', () => {
  test('is read with codes, titles by language, notes, and parents from either side', async () => {
    const { rows, findings } = await turtle(`
:scheme a skos:ConceptScheme; skos:prefLabel "NACE"@en; skos:hasTopConcept :A.
:A01 a skos:Concept; skos:notation "01"; skos:broader :A;
  skos:prefLabel "Produzioni vegetali e animali"@it, "Crop and animal production"@en-gb;
  xkos:coreContentNote "coltivazioni"@it; xkos:exclusionNote "caccia"@it; skos:altLabel "Crops"@en.
:A a skos:Concept; skos:notation "A"; skos:prefLabel "Agricoltura"@it; skos:narrower :A02.
:A02 a skos:Concept; skos:notation "02"; skos:prefLabel "Silvicoltura"@it.`);
    expect(rows).toMatchObject([
      { key: 'A', code: 'A', parent: null, line: 5, titles: { it: { official: 'Agricoltura' } } },
      {
        key: '01',
        parent: 'A',
        line: 6,
        titles: { it: { official: 'Produzioni vegetali e animali' }, 'en-GB': {} },
        notes: { it: { includes: 'coltivazioni', excludes: 'caccia' } },
      },
      { key: '02', parent: 'A' },
    ]);
    expect(findings).toMatchObject([{ rule: 'statement-left-out', severity: 'note' }]);
  });

  test('a concept with too many statements is one finding, and what it says beyond is not kept', async () => {
    const parents = Array.from({ length: 200_000 }, (_, i) => `skos:broader :p${i}`).join('; ');
    const { rows, findings } = await turtle(`:x a skos:Concept; skos:notation "X1"; ${parents}.`);
    expect(rows).toEqual([]);
    expect(findings).toMatchObject([{ rule: 'too-many-statements' }, { rule: 'parent-several' }]);
  });

  test('a heading without a notation is named by its title, and concepts that are deprecated are left out', async () => {
    const { rows, findings } = await turtle(`
:h a skos:Concept; skos:prefLabel "Governo"@it.
:x a skos:Concept; skos:notation "X1"; <http://www.w3.org/2002/07/owl#deprecated> true.
:y a skos:Concept; skos:notation "Y1"; skos:broader :h.`);
    expect(rows).toMatchObject([
      { key: 'Governo', code: null },
      { key: 'Y1', parent: 'Governo' },
    ]);
    expect(findings).toMatchObject([{ rule: 'deprecated-left-out', severity: 'note' }]);
  });

  test('one of several schemes, and one of several kinds of notation, can be chosen', async () => {
    const text = `
:a a skos:Concept; skos:inScheme :one; skos:notation "1", "I"^^:roman.
:b a skos:Concept; skos:inScheme :two; skos:notation "2".`;
    expect((await turtle(text)).findings.map(({ rule }) => rule)).toEqual([
      'scheme-several',
      'notation-several',
    ]);
    const options = {
      scheme: 'http://data.example.eu/nace/one',
      notationType: 'http://data.example.eu/nace/roman',
    };
    expect(await turtle(text, options)).toMatchObject({ rows: [{ code: 'I' }], findings: [] });
  });
});

describe('everything that is wrong is told at once, with its line', () => {
  test('cycles, lost parents, several parents, codes and titles', async () => {
    const { findings } = await turtle(`
:a a skos:Concept; skos:notation "1"; skos:broader :b.
:b a skos:Concept; skos:notation "2"; skos:broader :a.
:c a skos:Concept; skos:notation "3"; skos:broader :nowhere.
:d a skos:Concept; skos:notation "4"; skos:broader :e, :f; skos:prefLabel "uno"@it, "due"@it.
:e a skos:Concept; skos:notation "5", "6"; skos:topConceptOf :s.
:f a skos:Concept; skos:notation "3"; skos:prefLabel "x"@x-prova.
:g a skos:Concept; skos:notation "7"; <urn:mappa:vocabulary#conceptId> "none".`);
    const told = findings.map(({ rule, line }) => `${rule}@${line}`);
    expect(told.toSorted()).toEqual(
      [
        'parent-cycle@5',
        'parent-missing@7',
        'parent-several@8',
        'label-duplicate@8',
        'notation-several@9',
        'code-duplicate@10',
        'language-form@10',
        'parent-not-stated@10',
        'concept-id-form@11',
        'parent-not-stated@11',
      ].toSorted(),
    );
  });

  test.each([
    ['what is not Turtle', ':a a skos:Concept;;; }', { rule: 'turtle-form', line: 4 }],
    [
      'a prefix that is not declared',
      'x:a a skos:Concept.',
      { rule: 'turtle-form', line: 4, message: { values: ['x:'] } },
    ],
    [
      'a quotation mark that never closes',
      `:a skos:prefLabel """${'x'.repeat(2_000_000)}`,
      { rule: 'turtle-form' },
    ],
    [
      'a text of 10 MB',
      `:a a skos:Concept; skos:prefLabel "${'x'.repeat(200_000)}".`,
      { rule: 'text-too-long' },
    ],
  ])('%s is refused', async (_, text, finding) => {
    expect((await turtle(text)).findings).toMatchObject([finding]);
  });

  test('bytes that are no UTF-8 are refused', async () => {
    async function* bytes() {
      yield Buffer.from(opening);
      yield Buffer.from([0x3a, 0xe0, 0x20]);
    }
    const items = [];
    for await (const item of readTurtle(edition, {})(bytes())) items.push(item);
    expect(items).toMatchObject([{ finding: { rule: 'text-damaged', line: 4 } }]);
  });
});

describe('JSON-LD', () => {
  const context = {
    skos: 'http://www.w3.org/2004/02/skos/core#',
    label: { '@id': 'skos:prefLabel', '@language': 'it' },
  };
  const concept = { '@id': 'urn:a', '@type': 'skos:Concept', 'skos:notation': 'A1', label: 'Uno' };

  test('is read with its own context, also when that comes last', async () => {
    const row = { code: 'A1', titles: { it: { official: 'Uno' } } };
    expect(await jsonLd({ '@context': context, '@graph': [concept] })).toMatchObject({
      rows: [row],
      findings: [],
    });
    expect(await jsonLd({ '@graph': [concept], '@context': context })).toMatchObject({
      rows: [row],
      findings: [],
    });
  });

  test('is read in the shapes that others write: nested, with containers, types, aliases and reverse terms', async () => {
    const shaped = {
      '@context': {
        '@vocab': 'http://www.w3.org/2004/02/skos/core#',
        '@base': 'http://data.example.eu/',
        id: '@id',
        a: '@type',
        prefLabel: { '@container': '@language' },
        broader: { '@type': '@id' },
        below: { '@reverse': 'broader' },
      },
      id: 's',
      a: 'ConceptScheme',
      hasTopConcept: {
        id: 'a',
        a: 'Concept',
        notation: 'A1',
        prefLabel: { it: 'Uno', en: ['One'] },
        below: [{ id: 'b', notation: ['A1.1'], 'urn:mappa:attribute:hours': 40, altLabel: { '@list': [1] } }],
        narrower: [{ id: 'c', notation: { '@value': 'A1.2' }, 'urn:mappa:attribute:usable': true }],
      },
    };
    expect(await jsonLd(shaped)).toMatchObject({
      rows: [
        { code: 'A1', parent: null, titles: { it: { official: 'Uno' }, en: { official: 'One' } } },
        { code: 'A1.1', parent: 'A1', attributes: { hours: 40 } },
        { code: 'A1.2', parent: 'A1', attributes: { usable: true } },
      ],
      findings: [],
    });
  });

  test('is read as an array of nodes with contexts of their own, and each finding has its line', async () => {
    const text = `[\n${JSON.stringify({ '@context': context, ...concept })},\n${JSON.stringify({ ...concept, '@id': 'urn:b', '@context': context })}]`;
    const { rows, findings } = await readRows(readJsonLd(edition, {}), text, 7);
    expect(rows).toMatchObject([
      { code: 'A1', line: 2 },
      { code: 'A1', line: 3 },
    ]);
    expect(findings).toMatchObject([{ rule: 'code-duplicate', line: 3 }]);
  });

  test('with a context in the midst of nodes is refused, because names would change their meaning', async () => {
    const nested = { ...concept, 'skos:broader': { '@context': {}, '@id': 'urn:b' } };
    const { findings } = await jsonLd({ '@context': context, '@graph': [nested] });
    expect(spoken(findings, 'en')).toMatchObject([
      { rule: 'json-ld-form', message: expect.stringContaining('within a node') },
    ]);
  });

  test('that needs a context from elsewhere is refused, and nothing is fetched', async () => {
    const { findings } = await jsonLd({ '@context': 'http://127.0.0.1:1/context.json', '@graph': [concept] });
    expect(spoken(findings, 'en')).toMatchObject([
      { rule: 'context-remote', message: expect.stringContaining('127.0.0.1:1') },
    ]);
  });

  test.each([
    ['broken', '{"@graph": [', 'json-ld-form'],
    ['nested without end', '['.repeat(100_000), 'json-ld-form'],
    ['one name of 40 MB', `{"${'x'.repeat(40_000_000)}": 1}`, 'json-ld-form'],
    ['no JSON', '<rdf:RDF/>', 'json-ld-form'],
    [
      'one text of 2 MB',
      `{"@id": "urn:a", "http://www.w3.org/2004/02/skos/core#prefLabel": "${'x'.repeat(2_000_000)}"}`,
      'text-too-long',
    ],
  ])('that is %s is refused', async (_, text, rule) => {
    expect((await readRows(readJsonLd(edition, {}), text, 100_000)).findings).toMatchObject([{ rule }]);
  });
});
