/** Capitals of other alphabets that look like Latin ones. */
const lookAlikes: ReadonlyMap<string, string> = new Map([
  // Greek
  ...Array.from('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', (letter, i): [string, string] => [letter, 'ABEZHIKMNOPTYX'.charAt(i)]),
  // Cyrillic
  ...Array.from('АВЕКМНОРСТУХЅІЈ', (letter, i): [string, string] => [letter, 'ABEKMHOPCTYXSIJ'.charAt(i)]),
]);

/** Control, direction and other characters that nobody sees, blank ones that are letters or signs for Unicode included. */
export const invisible = '\\p{Cc}\\p{Cf}\\u115f\\u1160\\u17b4\\u17b5\\u2028\\u2029\\u2800\\u3164\\uffa0';

/** A text in compatibility form and in capitals, with Latin letters for those that look like them. */
export function asLatinCapitals(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\u0370-\u04ff]/g, (letter) => lookAlikes.get(letter) ?? letter);
}
