import fc from 'fast-check';
import { oneLineBreak } from '#contracts';
import { codeFrom, type ConceptId, type Entry } from '#taxonomy';
import { arbitraryMap } from '#taxonomy/testing';

const nastyText = fc
  .oneof(
    fc.constantFrom(
      '',
      "'",
      "''=1",
      '=HYPERLINK("http://x")',
      '@SUM(A1)',
      '-2',
      '+39 06',
      '\tA',
      'due\nrighe',
      'due\r\nrighe\r',
      'una "virgola", e; un | e\tuna fine',
      ' spazi ',
      '_x000D_',
      '_x005F_x0041_',
      '<b>&amp;</b> ]]>',
      'È già così: 漢字 🏛',
      'TRUE',
      '007',
      '1e5',
      '\uFEFFsegno',
    ),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
  )
  .map((text) => text.normalize('NFC').replaceAll(/[\0\uFFFD]/g, ' '));

const text = { official: nastyText };
const title = fc.record({ ...text, short: nastyText }, { requiredKeys: ['official'] });
const lines = nastyText.map(oneLineBreak);
const note = fc
  .record({ includes: lines, excludes: lines, guidance: lines }, { requiredKeys: [] })
  .filter((texts) => Object.keys(texts).length > 0);
const language = fc.constantFrom('it', 'en', 'de-AT');
const attributes = fc.dictionary(
  fc.oneof(
    fc.constantFrom('uso', 'a:b', 'x:integer', 'con spazio'),
    fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
      .map((name) => name.normalize('NFC').replaceAll(/[\0\uFFFD]/g, '_')),
  ),
  fc.oneof(nastyText, fc.boolean(), fc.maxSafeInteger()),
  { maxKeys: 3 },
);
const said = fc.record({
  titles: fc.dictionary(language, title, { maxKeys: 2 }),
  notes: fc.dictionary(language, note, { maxKeys: 2 }),
  attributes,
});

/** Maps that say what no spreadsheet expects, each code once. */
export const arbitraryNastyMap: fc.Arbitrary<Map<ConceptId, Entry>> = fc
  .tuple(arbitraryMap, fc.array(said, { minLength: 12, maxLength: 12 }))
  .map(([map, texts]) => {
    const codes = new Set<string>();
    return new Map(
      [...map.values()].map((entry, i) => {
        const code = entry.code && codes.has(entry.code) ? codeFrom(`${entry.code}.${i}`) : entry.code;
        if (code) codes.add(code);
        return [entry.conceptId, { ...entry, ...texts[i], code }];
      }),
    );
  });
