import type { Title } from '#taxonomy';
import type { CodedEntry } from '../delivery/render.ts';
import { missingTitleText } from '../delivery/render.ts';

/** An entry with the revisions in which it stood. */
export interface PastEntry extends CodedEntry {
  readonly from: number;
  /** The revision that ended it. */
  readonly to: number | null;
}

/** Of a record, as far as people would compare it. */
export interface Seen {
  readonly code: string;
  readonly title: string;
}

/**
 * The revision of which a target's records say most: as many codes with their titles as no other has.
 * @returns its number, the highest of several; 0 when no record says anything of any
 */
export function bestFit(
  records: readonly Seen[],
  entries: readonly PastEntry[],
  language: string,
  newest: number,
): number {
  const byCode = Map.groupBy(entries, ({ code }) => code.toString());
  const scores = Array.from({ length: newest + 2 }, () => 0);
  const add = (revision: number, change: number): void => {
    scores[revision] = (scores[revision] ?? 0) + change;
  };
  for (const { code, title } of records) {
    for (const { from, to, titles } of byCode.get(code) ?? []) {
      if (!isTitleOf(title, titles, language)) continue;
      add(Math.max(from, 1), 1);
      add(Math.min(to ?? newest + 1, newest + 1), -1);
    }
  }
  let [best, most, score] = [0, 0, 0];
  for (let revision = 1; revision <= newest; revision++) {
    score += scores[revision] ?? 0;
    if (score > 0 && score >= most) [best, most] = [revision, score];
  }
  return best;
}

export const standsIn =
  (revision: number) =>
  ({ from, to }: PastEntry): boolean =>
    from <= revision && (to === null || to > revision);

/** Spaces, letter case and forms of Unicode do not make another title. */
export function isTitleOf(text: string, titles: Readonly<Record<string, Title>>, language: string): boolean {
  const title = titles[language];
  const known = title ? [title.official, title.short] : [missingTitleText];
  return known.some((each) => each !== undefined && plain(each) === plain(text));
}

export const plain = (text: string): string =>
  text.normalize('NFC').replaceAll(/\s+/g, ' ').trim().toLocaleLowerCase('it');
