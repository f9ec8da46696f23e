import { codeFrom, conceptIdFrom, type ConceptId, type Entry } from '#taxonomy';
import fc from 'fast-check';

/** Texts that break careless writers: quotes, escapes, newlines, markup, formulas, emoji, other scripts. */
export const nastyText: fc.Arbitrary<string> = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom(
      '"',
      "'",
      '\\',
      '"""',
      '\\u0041',
      'a\nb',
      'a\r\nb',
      '=1+1',
      '<b>&amp;</b>',
      '€😀𝒳',
      '@it',
      '^^',
      '—',
      ' ',
    ),
    fc.constantFrom('__proto__', 'constructor', '@id', '@context', 'a:b', '//x', '%2F', '{', ']', ','),
  )
  .map((text) => text.replaceAll('\0', '').normalize('NFC'))
  .filter((text) => text.isWellFormed());

/** zod lets no `__proto__` in; and JSON.parse of V8 13.6 takes the member `"` for `\`, when it has met that one before. */
const attributeName = nastyText.filter((name) => name !== '__proto__' && name !== '"');

const ids = Array.from({ length: 8 }, (_, i) => conceptIdFrom(`00000000-0000-4000-8000-00000000000${i}`));
const language = fc.constantFrom('it', 'en', 'de-AT', 'sr-Latn', 'sr-LATN-rs', 'zh-hant');

/** A map of up to eight concepts with all that the content hash covers. A parent stands earlier, so there is no cycle. */
export const nastyMap: fc.Arbitrary<Entry[]> = fc
  .tuple(...ids.map((conceptId, i) => fc.option(nastyEntry(conceptId, ids.slice(0, i)))))
  .map((drawn) => {
    const present = new Set<ConceptId>();
    return drawn.flatMap((entry) => {
      if (!entry) return [];
      present.add(entry.conceptId);
      return { ...entry, parentId: entry.parentId && present.has(entry.parentId) ? entry.parentId : null };
    });
  });

function nastyEntry(conceptId: ConceptId, earlier: ConceptId[]): fc.Arbitrary<Entry> {
  const title = fc.record({ official: nastyText, short: nastyText }, { requiredKeys: ['official'] });
  const note = fc.record(
    { includes: nastyText, excludes: nastyText, guidance: nastyText },
    { requiredKeys: [] },
  );
  const value = fc.oneof(nastyText, fc.boolean(), fc.maxSafeInteger());
  return fc.record({
    conceptId: fc.constant(conceptId),
    code: fc.option(
      fc.constantFrom('A', 'B.1', 'Ç/9', '1 2').map((start) => codeFrom(`${start}${conceptId.at(-1)}`)),
    ),
    parentId: earlier.length > 0 ? fc.option(fc.constantFrom(...earlier)) : fc.constant(null),
    rank: fc.integer({ min: -5, max: 5 }),
    titles: fc.dictionary(language, title, { maxKeys: 2 }).map(oneTagPerLanguage),
    notes: fc.dictionary(language, note, { maxKeys: 2 }).map(oneTagPerLanguage),
    attributes: fc.dictionary(attributeName, value, { maxKeys: 3, noNullPrototype: true }),
  });
}
/** RDF takes tags that differ only by letter case as one. */
function oneTagPerLanguage<T>(texts: Record<string, T>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(texts).filter(
      ([tag], i, all) => all.findIndex(([other]) => other.toLowerCase() === tag.toLowerCase()) === i,
    ),
  );
}
