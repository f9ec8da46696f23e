import fc from 'fast-check';
import { codeFrom, conceptIdFrom, type ConceptId, type Entry } from './entry.ts';
import type { CodeGrammar } from './grammar.ts';

/** Three levels of letters and numbers, as the map of processes has five. For tests. */
export const grammar: CodeGrammar = {
  separator: '.',
  levels: [
    { depth: 1, names: { it: 'uno' }, pattern: '[A-Z][1-9][0-9]*' },
    { depth: 2, names: { it: 'due' }, pattern: '[A-Z][1-9][0-9]*(\\.[0-9]+){1}' },
    { depth: 3, names: { it: 'tre' }, pattern: '[A-Z][1-9][0-9]*(\\.[0-9]+){2}' },
  ],
};

const ids = Array.from({ length: 12 }, (_, i) =>
  conceptIdFrom(`00000000-0000-4000-8000-0000000000${String(i).padStart(2, '0')}`),
);

/**
 * A map of up to twelve concepts from one small stock, so that two maps share some. A parent always stands earlier in
 * the stock, so there is no cycle; an entry whose parent is absent stands at the top.
 */
export const arbitraryMap: fc.Arbitrary<Map<ConceptId, Entry>> = fc
  .tuple(...ids.map((conceptId, i) => arbitraryEntry(conceptId, ids.slice(0, i))))
  .map((drawn) => {
    const present = new Map<ConceptId, Entry>();
    for (const entry of drawn) {
      if (!entry) continue;
      const parentId = entry.parentId && present.has(entry.parentId) ? entry.parentId : null;
      present.set(entry.conceptId, { ...entry, parentId });
    }
    return present;
  });

function arbitraryEntry(conceptId: ConceptId, earlier: ConceptId[]): fc.Arbitrary<Entry | null> {
  const entry = fc.record({
    conceptId: fc.constant(conceptId),
    code: fc.option(fc.integer({ min: 1, max: 30 }).map((n) => codeFrom(`A${n}`))),
    parentId: earlier.length > 0 ? fc.option(fc.constantFrom(...earlier)) : fc.constant(null),
    rank: fc.integer({ min: 0, max: 20 }),
    titles: fc.constantFrom(
      {},
      { it: { official: 'Pianificazione' } },
      { it: { official: 'Controllo', short: 'C.' } },
    ),
    notes: fc.constantFrom({}, { it: { includes: 'bilancio' } }),
    attributes: fc.constantFrom({}, { usable: true, order: 3 }),
  });
  return fc.option(entry);
}
