import { levelOf, type Change, type Entry } from '#taxonomy';
import type { Edition } from '#contracts';
import type { Language, Words } from './words.ts';

/** The official title in a language, else in that of the source, else in any; what is lost in the source is said. */
export function titleOf(
  { titles }: Pick<Entry, 'titles'>,
  language: Language,
  edition: Edition,
  words: Words,
): string {
  const title = titles[language] ?? titles[edition.source.language] ?? Object.values(titles)[0];
  return title?.official ?? words.untitled;
}

/** Name of a level of the edition. */
export function levelName(edition: Edition, depth: number, language: Language): string {
  const names = edition.levels.find((level) => level.depth === depth)?.names ?? {};
  return names[language] ?? names[edition.source.language] ?? String(depth);
}

/** Over how much of the map history stays comparable, where that is less than the entry itself. */
export function comparability(
  { comparableLevel, before, after }: Change,
  edition: Edition,
  language: Language,
  words: Words,
): string | null {
  const code = (after ?? before)?.code;
  const own = (code && levelOf(edition, code)?.depth) ?? (after ?? before)?.level ?? 0;
  if (comparableLevel >= own) return null;
  return words.comparable(comparableLevel === 0 ? null : levelName(edition, comparableLevel, language));
}
