import { asLatinCapitals, invisible } from '../look-alikes.ts';

const unseen = new RegExp(`[\\s\\p{M}${invisible}]`, 'gu');
/** Longer texts are no codes. */
const longest = 1_000;
/** Nothing but signs that everybody sees and knows. */
export const isPlain = (code: string): boolean => /^[\x21-\x7e]*$/.test(code);

/** What a reader sees of a code: letter case, spaces, invisible characters and look-alike letters make no difference. */
export function skeletonOf(code: string): string {
  const read = code.slice(0, longest);
  if (isPlain(read)) return read.toUpperCase();
  return asLatinCapitals(read).replace(unseen, '');
}

/** The skeleton of a code that has other than plain ASCII signs; null for one whose skeleton is its capitals. */
export function unusualSkeletonOf(code: string | null): string | null {
  return code === null || isPlain(code) ? null : skeletonOf(code);
}
