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

/** An edition with a second level whose parents are stated, so that codes and places change each for itself. */
export const historiesEdition: Edition = {
  ...sealingEdition,
  separator: '',
  levels: [
    { depth: 1, names: { it: 'uno' }, pattern: 'A[1-9]' },
    { depth: 2, names: { it: 'due' }, pattern: 'B[1-9]', parent: 'stated' },
  ],
};

/** Days on which histories begin, a week before the clocks change to summer time, and back. */
export const firstDays: readonly number[] = [0, 217];

/** Day 0 is 21 March 2027, a week before the clocks change to summer time; day 217 is 24 October, a week before they change back. */
export const dayText = (day: number): string =>
  new Date(Date.UTC(2027, 2, 21 + day)).toISOString().slice(0, 10);

export const idOf = (field: string): ConceptId =>
  conceptIdFrom(`00000000-0000-4000-8000-00000000000${field[0]}`);

/** `1.it` is the Italian title of concept 1, `3.note` the note of 3, `4.code` the code of 4, `4.parent` the number of the one above it. */
export function entriesOf(fields: Fields): Map<ConceptId, Entry> {
  const numbers = [...new Set([...fields.keys()].map((field) => field[0] ?? ''))].sort();
  return new Map(
    numbers.map((number): [ConceptId, Entry] => {
      const conceptId = idOf(number);
      const [code = `A${number}`, parent, it, en, note] = ['code', 'parent', 'it', 'en', 'note'].map(
        (field) => fields.get(`${number}.${field}`),
      );
      return [
        conceptId,
        {
          conceptId,
          code: codeFrom(code),
          parentId: parent === undefined ? null : idOf(parent),
          rank: 16 * Number(code[1]),
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
      .sort((a, b) => (a.conceptId < b.conceptId ? -1 : 1))
      .flatMap(({ conceptId, code, parentId, titles, notes }): [string, string][] => {
        const number = conceptId.at(-1) ?? '';
        const field = (name: string, text: string | undefined): [string, string][] =>
          text === undefined ? [] : [[`${number}.${name}`, text]];
        return [
          ...field('code', code ?? undefined),
          ...field('parent', parentId?.at(-1)),
          ...field('it', titles['it']?.official[0]),
          ...field('en', titles['en']?.official[0]),
          ...field('note', notes['it']?.includes),
        ];
      }),
  );
}
