interface Separated {
  readonly separator: string;
}
const segmented: Separated = { separator: '.' };

/**
 * Order of codes. With a separator, segment by segment, numbers as numbers: `A2` < `A10`, `A1` < `A1.0`. Without one a
 * code begins with that of its parent, and codes are ordered as text: `01` < `0101` < `010121` < `0102`. Letters count
 * in either case alike.
 */
export function compareCodes(a: string, b: string, { separator }: Separated = segmented): number {
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const [left, right] = [a.charCodeAt(i), b.charCodeAt(j)];
    if (separator && isDigit(left) && isDigit(right)) {
      const [endLeft, endRight] = [endOfNumber(a, i), endOfNumber(b, j)];
      const order = compareNumbers(a, i, endLeft, b, j, endRight);
      if (order !== 0) return order;
      [i, j] = [endLeft, endRight];
    } else {
      const order = upperCase(left) - upperCase(right);
      if (order !== 0) return order;
      i++;
      j++;
    }
  }
  return a.length - i - (b.length - j) || (a < b ? -1 : +(a !== b));
}

const isDigit = (char: number): boolean => char >= 48 && char <= 57;
const upperCase = (char: number): number => (char >= 97 && char <= 122 ? char - 32 : char);

function endOfNumber(text: string, start: number): number {
  let end = start;
  while (end < text.length && isDigit(text.charCodeAt(end))) end++;
  return end;
}

/** Compares digits of any length as numbers, without making them numbers. */
function compareNumbers(a: string, i: number, endA: number, b: string, j: number, endB: number): number {
  while (i < endA - 1 && a.charCodeAt(i) === 48) i++;
  while (j < endB - 1 && b.charCodeAt(j) === 48) j++;
  if (endA - i !== endB - j) return endA - i - (endB - j);
  for (; i < endA; i++, j++) {
    const order = a.charCodeAt(i) - b.charCodeAt(j);
    if (order !== 0) return order;
  }
  return 0;
}
