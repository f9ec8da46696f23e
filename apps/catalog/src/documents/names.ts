import type { Edition } from '#contracts';
import type { ConceptId, Entries, Entry } from '#taxonomy';
import { titleOf } from './titles.ts';
import type { Language, Words } from './words.ts';

/**
 * How people tell an entry from all others beside its code: by its title, and where it has no code by the titles that
 * lead to it, from the top or from the nearest entry with a code ("Animali › Gatti › Crocchette").
 */
export function namer(
  entries: Entries,
  language: Language,
  edition: Edition,
  words: Words,
): (entry: Entry) => string {
  const known = new Map<ConceptId, string>();
  const name = (entry: Entry): string => {
    const title = titleOf(entry, language, edition, words);
    if (entry.code !== null) return title;
    let path = known.get(entry.conceptId);
    if (path === undefined) {
      const parent = entry.parentId ? entries.get(entry.parentId) : undefined;
      path = parent ? `${parent.code ?? name(parent)} › ${title}` : title;
      known.set(entry.conceptId, path);
    }
    return path;
  };
  return name;
}
