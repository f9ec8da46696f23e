/** A title without what writing varies in: case, accents, punctuation, spaces. Never empty unless the title is blank. */
export function normaliseTitle(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
  return plain === '' ? title.trim() : plain;
}

/** A title as it is written, but for spaces and letter case: what differs in a sign, as "C" and "C++", is not the same. */
export function writtenTitle(title: string): string {
  return title.normalize('NFC').trim().replace(/\s+/gu, ' ').toLowerCase();
}

/**
 * Features of titles that are compared: words, and three letters in a row, which see inflection, typing errors, and
 * writing without spaces. Computed once for each title that is asked for.
 */
export class TitleFeatures {
  private readonly known: (Int32Array | undefined)[];
  private readonly titles: readonly string[];

  constructor(titles: readonly string[]) {
    this.titles = titles;
    this.known = Array.from({ length: titles.length });
  }

  of(title: number): Int32Array {
    return (this.known[title] ??= featuresOf(this.titles[title] ?? ''));
  }

  /** Dice coefficient: 1 for the same title, 0 for nothing in common. */
  similarity(a: number, b: number): number {
    if (a === b) return 1;
    const [left, right] = [this.of(a), this.of(b)];
    return left.length + right.length === 0 ? 0 : (2 * common(left, right)) / (left.length + right.length);
  }

  /** How much of the shorter title stands in the longer one. */
  containment(a: number, b: number): number {
    const [left, right] = [this.of(a), this.of(b)];
    const shorter = Math.min(left.length, right.length);
    return shorter === 0 ? 0 : common(left, right) / shorter;
  }
}

function featuresOf(title: string): Int32Array {
  const features = new Set<number>();
  for (const word of title.split(' ')) {
    const padded = ` ${word} `;
    if (word !== '') features.add(hashOf(padded, 0, padded.length));
    for (let i = 0; i + 3 <= padded.length; i++) features.add(hashOf(padded, i, i + 3));
  }
  return Int32Array.from(features).sort();
}

function hashOf(text: string, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

function common(a: Int32Array, b: Int32Array): number {
  let [i, j, count] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const difference = (a[i] ?? 0) - (b[j] ?? 0);
    if (difference === 0) count++;
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return count;
}
