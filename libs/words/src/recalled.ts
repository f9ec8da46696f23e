import { inWords } from './in-words.ts';
import { reasons } from './italian/reasons.ts';
import type { Language } from './language.ts';
import { verbatim, type Sentence } from './sentence.ts';

/**
 * A reason as it is kept: its English. Words of other servers stand in it, and it is compared, cut and put into other
 * reasons on its way; whoever reads it knows it again by `recalled`.
 */
export const asKept = (sentence: Sentence): string => inWords(sentence, 'en');

/** Sentences so short that other servers may say them too; what they are about is a code, which has no blanks. */
const aboutCodes = new Set(['waits for {0}']);

const forms = Object.keys(reasons)
  .map((english) => ({ english, form: formOf(english) }))
  .sort((a, b) => ownLength(b.english) - ownLength(a.english));

/** The sentence that a kept reason was, and those in it; what is none of ours stays as it is in every language. */
export function recalled(text: string): Sentence {
  for (const { english, form } of forms) {
    const found = form.exec(text);
    if (found) return { english, values: found.slice(1).map(recalled) };
  }
  return verbatim(text);
}

/** The same thing with its kept reason, where it has one, in a language. */
export const withReasonIn =
  (language: Language) =>
  <T extends { readonly reason: string | null }>(thing: T): T => ({
    ...thing,
    reason: thing.reason === null ? null : inWords(recalled(thing.reason), language),
  });

/** Values stand in the order of their places. */
function formOf(english: string): RegExp {
  const parts = english.split(/\{\d+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join(aboutCodes.has(english) ? String.raw`(\S+)` : '([^]+?)')}$`);
}

/** Of the words between the values: the form that says most is tried first. */
function ownLength(english: string): number {
  return english.replace(/\{\d+\}/g, '').length;
}
