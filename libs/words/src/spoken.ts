import { inWords } from './in-words.ts';
import type { Language } from './language.ts';
import { isSentence, type Sentence } from './sentence.ts';

/** An answer as it is sent: what was a sentence in it is text. */
export type Spoken<T> = T extends Sentence
  ? string
  : T extends string | number | boolean | null | undefined | Date
    ? T
    : T extends readonly (infer Item)[]
      ? Spoken<Item>[]
      : { [Key in keyof T]: Spoken<T[Key]> };

/** Says every sentence of an answer, however deep it stands, in a language. */
export function spoken<T>(answer: T, language: Language): Spoken<T>;
export function spoken(answer: unknown, language: Language): unknown {
  if (typeof answer !== 'object' || answer === null || answer instanceof Date) return answer;
  if (isSentence(answer)) return inWords(answer, language);
  if (Array.isArray(answer)) return answer.map((item: unknown) => spoken(item, language));
  return Object.fromEntries(Object.entries(answer).map(([key, value]) => [key, spoken(value, language)]));
}
