import type { Language } from '#words';
import { english, englishBackward } from './words-english.ts';
import { italian, italianBackward } from './words-italian.ts';

export type { Language } from '#words';

/** What documents say, in Italian and English. */
export interface Words {
  readonly notesTitle: string;
  readonly from: string;
  readonly to: string;
  readonly hash: string;
  readonly revision: string;
  readonly inForceFrom: string;
  /** Name of the fact that a revision has the content of an earlier one, and the fact. */
  readonly leads: string;
  readonly leadsBack: (revision: number, to: number) => string;
  readonly entries: string;
  readonly reusedTitle: string;
  readonly reusedIntro: string;
  readonly was: string;
  readonly isNow: string;
  readonly quoted: (title: string) => string;
  readonly nowIn: string;
  readonly below: string;
  readonly because: string;
  readonly newTitle: string;
  readonly notesChanged: string;
  readonly attributesChanged: string;
  readonly orderChanged: string;
  readonly noSuccessor: string;
  readonly reason: string;
  readonly untitled: string;
  readonly continues: string;
  readonly partEnds: string;
  /** @param level null: over the whole map */
  readonly comparable: (level: string | null) => string;
  readonly nothing: string;
  readonly top: string;
  readonly sections: Readonly<Record<SectionName, Section>>;
  readonly outcomes: Readonly<Record<Outcome, string>>;
  /** Outcome of an entry without a code that is only called otherwise. */
  readonly retitledWithoutCode: string;
  readonly concordance: string;
  readonly columns: readonly string[];
}

/** Title, introduction, and what is counted: one of it, and several. */
type Section = readonly [title: string, intro: string, one: string, many: string];
export type SectionName =
  'created' | 'returned' | 'successions' | 'retired' | 'relocated' | 'retitled' | 'others';
export type Outcome =
  | 'unchanged'
  | 'retitled'
  | 'renumbered'
  | 'moved'
  | 'replaced'
  | 'split'
  | 'merged'
  | 'regrouped'
  | 'retired';

export const words: Readonly<Record<Language, Words>> = { it: italian, en: english };

/** What documents say of two revisions, which are told differently from the later to the earlier one. */
export function wordsBetween(from: number, to: number, language: Language): Words {
  if (from <= to) return words[language];
  return language === 'it' ? italianBackward : englishBackward;
}
