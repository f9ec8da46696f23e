import { italian } from './italian/index.ts';
import type { Language } from './language.ts';
import { isSentence, type Sentence, type Value } from './sentence.ts';

/**
 * A sentence in a language. What was stored as text before sentences were kept with their values, or whose English has been
 * rewritten since, is given in English.
 */
export function inWords(sentence: Sentence | string, language: Language): string {
  if (typeof sentence === 'string') return sentence;
  const template = language === 'it' ? (italian.get(sentence.english) ?? sentence.english) : sentence.english;
  return template.replace(/\{(\d+)\}/g, (place, index: string) =>
    valueIn(sentence.values[Number(index)], place, language),
  );
}

function valueIn(value: Value | undefined, place: string, language: Language): string {
  if (value === undefined) return place;
  return isSentence(value) ? inWords(value, language) : String(value);
}
