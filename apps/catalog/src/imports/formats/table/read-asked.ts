import type { ImportedRow } from '../../imported-row.ts';

type Asked = NonNullable<ImportedRow['asked']>;

const words = new Map<string, 'retire' | 'keep'>([
  ...['cessare', 'cessa', 'cessata', 'eliminare', 'retire', 'retired'].map(
    (word) => [word, 'retire'] as const,
  ),
  ...['mantenere', 'mantieni', 'nessuna', 'keep', 'none'].map((word) => [word, 'keep'] as const),
]);

/** What the words of a file for editing offer, in each of its languages. */
export const changeWords = { it: ['cessare', 'mantenere'], en: ['retire', 'keep'] } as const;

/** What an editor asked for in a file for editing; undefined: nothing, null: a word that means nothing. */
export function readAsked(change: string, reason: string): Asked | undefined | null {
  const word = change.trim().toLowerCase();
  if (word === '') return reason.trim() === '' ? undefined : { change: null, reason: reason.trim() };
  const known = words.get(word);
  return known ? { change: known, reason: reason.trim() } : null;
}
