import { nameOfSign, type Finding } from '#taxonomy';
import { isSentence, type Sentence } from '#words';

/** Control characters, which a terminal obeys, and halves of pairs; neither they nor U+0000 can be stored. */
const unshowable = /(?!\n)[\p{Cc}\p{Cs}]/gu;

/** Findings that can be stored and shown, whatever they quote of a file: such a sign stands there by its name, `U+0000`. */
export function legible(findings: readonly Finding[]): Finding[] {
  return findings.map((finding) => {
    const { message, key, code, field } = finding;
    return {
      ...finding,
      message: legibleSentence(message),
      ...(key === undefined ? {} : { key: legibleText(key) }),
      ...(code === undefined ? {} : { code: legibleText(code) }),
      ...(field === undefined ? {} : { field: legibleText(field) }),
    };
  });
}

function legibleSentence({ english, values }: Sentence): Sentence {
  const legibleValues = values.map((value) => {
    if (typeof value === 'string') return legibleText(value);
    return isSentence(value) ? legibleSentence(value) : value;
  });
  return { english, values: legibleValues };
}

const legibleText = (text: string): string => text.replace(unshowable, nameOfSign);
