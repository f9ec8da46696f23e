import type { Entry, Note, Title } from '#taxonomy';
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
    if (row.isKept) continue;
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
    titles: keepTitles(entry.titles, inForce.titles, mentioned.titles),
    notes: keepNotes(entry.notes, inForce.notes, mentioned.notes),
    attributes:
      attributes.length > 0 ? { ...Object.fromEntries(attributes), ...entry.attributes } : entry.attributes,
  };
}

type ByLanguage<Texts> = Readonly<Record<string, Texts>>;

/** A file with official titles alone does not mean that all short ones end. */
function keepTitles(
  own: ByLanguage<Title>,
  inForce: ByLanguage<Title>,
  mentioned: ReadonlySet<string>,
): ByLanguage<Title> {
  const kept = Object.entries(inForce).flatMap(([language, title]) => {
    const stated = own[language];
    if (!stated) return mentioned.has(`${language} official`) ? [] : [[language, title]];
    const isKept = title.short !== undefined && !mentioned.has(`${language} short`);
    return isKept ? [[language, { short: title.short, ...stated }]] : [];
  });
  return kept.length > 0 ? { ...own, ...Object.fromEntries(kept) } : own;
}

const noteKinds = ['includes', 'excludes', 'guidance'] as const;

function keepNotes(
  own: ByLanguage<Note>,
  inForce: ByLanguage<Note>,
  mentioned: ReadonlySet<string>,
): ByLanguage<Note> {
  const kept = Object.entries(inForce).flatMap(([language, note]) => {
    const texts = noteKinds.flatMap((kind) => {
      const text = note[kind];
      return text === undefined || mentioned.has(`${language} ${kind}`) ? [] : [[kind, text]];
    });
    return texts.length > 0 ? [[language, { ...Object.fromEntries(texts), ...own[language] }]] : [];
  });
  return kept.length > 0 ? { ...own, ...Object.fromEntries(kept) } : own;
}
