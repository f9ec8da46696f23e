import { asLatinCapitals } from '../look-alikes.ts';

const plain = /^[\x21-\x7e]*$/;

/** What a reader sees of a code: letter case, spaces, invisible characters and look-alike letters make no difference. */
export function skeletonOf(code: string): string {
  if (plain.test(code)) return code.toUpperCase();
  return asLatinCapitals(code).replace(/[\s\p{Cc}\p{Cf}\p{M}]/gu, '');
}
