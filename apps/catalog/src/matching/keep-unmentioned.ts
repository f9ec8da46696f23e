import type { Entry } from '#taxonomy';
import type { ImportedRow } from '../imports/imported-row.ts';

/** Which languages, notes and attributes a file speaks of at all. */
export interface Mentioned {
  readonly titles: ReadonlySet<string>;
  readonly notes: ReadonlySet<string>;
  readonly attributes: ReadonlySet<string>;
}

export function mentionedIn(rows: Iterable<ImportedRow>): Mentioned {
  const [titles, notes, attributes] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const row of rows) {
    for (const [language, title] of Object.entries(row.titles))
      for (const kind of Object.keys(title)) titles.add(`${language} ${kind}`);
    for (const [language, note] of Object.entries(row.notes))
      for (const kind of Object.keys(note)) notes.add(`${language} ${kind}`);
    for (const name of Object.keys(row.attributes)) attributes.add(name);
  }
  return { titles, notes, attributes };
}

/**
 * An entry of the file with what no row of the file speaks of taken from the entry in force: a file without a column for
 * notes does not mean that all notes end.
 */
export function keepUnmentioned(entry: Entry, inForce: Entry, mentioned: Mentioned): Entry {
  const attributes = Object.entries(inForce.attributes).filter(([name]) => !mentioned.attributes.has(name));
  return {
    ...entry,
    titles: withTexts(entry.titles, inForce.titles, mentioned.titles),
    notes: withTexts(entry.notes, inForce.notes, mentioned.notes),
    attributes:
      attributes.length > 0 ? { ...Object.fromEntries(attributes), ...entry.attributes } : entry.attributes,
  };
}

function withTexts<Texts extends object>(
  own: Readonly<Record<string, Texts>>,
  inForce: Readonly<Record<string, Texts>>,
  mentioned: ReadonlySet<string>,
): Readonly<Record<string, Texts>> {
  const kept = Object.entries(inForce).filter(([language, texts]) =>
    Object.keys(texts).every((kind) => !mentioned.has(`${language} ${kind}`)),
  );
  return kept.length > 0 ? { ...Object.fromEntries(kept), ...own } : own;
}
