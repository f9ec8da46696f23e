/** What a sentence tells of the case: a code, a number, or a part that itself is in words. */
export type Value = string | number | Sentence;

/**
 * Something said to a person, before it is said in a language: the English sentence with a place `{0}`, `{1}` for each
 * value, and the values. Plain data, so that it can be stored and said in any language later.
 */
export interface Sentence {
  readonly english: string;
  readonly values: readonly Value[];
}

const templates = new WeakMap<TemplateStringsArray, string>();

/** Writes a sentence where it is said: say`${code} stands already on line ${line}.` Its Italian stands in `italian/`. */
export function say(strings: TemplateStringsArray, ...values: readonly Value[]): Sentence {
  let english = templates.get(strings);
  if (english === undefined) {
    english = strings.reduce((before, after, i) => `${before}{${i - 1}}${after}`);
    templates.set(strings, english);
  }
  return { english, values };
}

/** Words that come from elsewhere (another server, a name) and are the same in every language. */
export function verbatim(words: string): Sentence {
  return { english: '{0}', values: [words] };
}

export function isSentence(value: unknown): value is Sentence {
  return (
    typeof value === 'object' &&
    value !== null &&
    'english' in value &&
    typeof value.english === 'string' &&
    'values' in value &&
    Array.isArray(value.values)
  );
}

/** `a or b or c` */
export function eitherOf(values: readonly (string | Sentence)[]): Sentence {
  return values.slice(1).reduce<Sentence>((before, value) => say`${before} or ${value}`, first(values));
}

/** `a, b, c` */
export function listed(values: readonly (string | Sentence)[]): Sentence {
  return values.slice(1).reduce<Sentence>((before, value) => say`${before}, ${value}`, first(values));
}

function first([value = '']: readonly (string | Sentence)[]): Sentence {
  return typeof value === 'string' ? verbatim(value) : value;
}
