import type { Edition } from '#contracts';
import { codeFrom, conceptIdFrom, type ConceptId, type Entry } from '#taxonomy';
import type { Fields } from './sealing-model.ts';

/** An edition with one level, for maps of three entries. */
export const sealingEdition: Edition = {
  label: 'Prova',
  titles: { it: 'Prova' },
  effectiveDate: '2027-03-20',
  effectiveDateAssumed: false,
  source: { file: 'prova', format: 'official-text', language: 'it' },
  separator: '.',
  levels: [{ depth: 1, names: { it: 'uno' }, pattern: '[A-Z][1-9]' }],
};

/** Day 0 is a week before the clocks change to summer time. */
export const dayText = (day: number): string =>
  new Date(Date.UTC(2027, 2, 21 + day)).toISOString().slice(0, 10);

export const idOf = (field: string): ConceptId =>
  conceptIdFrom(`00000000-0000-4000-8000-00000000000${field[0]}`);

/** `1.it` is the Italian title of A1, `3.note` the note of A3. */
export function entriesOf(fields: Fields): Map<ConceptId, Entry> {
  const numbers = [...new Set([...fields.keys()].map((field) => field[0] ?? ''))].sort();
  return new Map(
    numbers.map((number): [ConceptId, Entry] => {
      const conceptId = idOf(number);
      const [it, en, note] = ['it', 'en', 'note'].map((field) => fields.get(`${number}.${field}`));
      return [
        conceptId,
        {
          conceptId,
          code: codeFrom(`A${number}`),
          parentId: null,
          rank: Number(number),
          titles: {
            ...(it && { it: { official: `${it}${number}` } }),
            ...(en && { en: { official: `${en}${number}` } }),
          },
          notes: note ? { it: { includes: note } } : {},
          attributes: {},
        },
      ];
    }),
  );
}

export function fieldsOf(entries: Iterable<Entry>): Fields {
  return new Map(
    [...entries]
      .sort((a, b) => a.rank - b.rank)
      .flatMap(({ conceptId, titles, notes }): [string, string][] => {
        const number = conceptId.at(-1) ?? '';
        const field = (name: string, text: string | undefined): [string, string][] =>
          text === undefined ? [] : [[`${number}.${name}`, text[0] ?? '']];
        return [
          ...field('it', titles['it']?.official),
          ...field('en', titles['en']?.official),
          ...field('note', notes['it']?.includes),
        ];
      }),
  );
}
