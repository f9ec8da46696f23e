const lookAlikes: Readonly<Record<string, string>> = {
  // Greek
  Α: 'A',
  Β: 'B',
  Ε: 'E',
  Ζ: 'Z',
  Η: 'H',
  Ι: 'I',
  Κ: 'K',
  Μ: 'M',
  Ν: 'N',
  Ο: 'O',
  Ρ: 'P',
  Τ: 'T',
  Υ: 'Y',
  Χ: 'X',
  // Cyrillic
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Т: 'T',
  У: 'Y',
  Х: 'X',
  Ѕ: 'S',
  І: 'I',
  Ј: 'J',
};
const plain = /^[\x21-\x7e]*$/;

/** What a reader sees of a code: letter case, spaces, invisible characters and look-alike letters make no difference. */
export function skeletonOf(code: string): string {
  if (plain.test(code)) return code.toUpperCase();
  const visible = code
    .normalize('NFKC')
    .replace(/[\s\p{Cc}\p{Cf}\p{M}]/gu, '')
    .toUpperCase();
  return Array.from(visible, (char) => lookAlikes[char] ?? char).join('');
}
