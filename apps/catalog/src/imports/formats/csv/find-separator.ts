export const separators = [';', ',', '\t', '|'] as const;
export type Separator = (typeof separators)[number];

/** The separator that stands most often outside quotes in the first line; the first of the list where none does. */
export function findSeparator(beginning: string): Separator {
  const line = /^\s*(.*)/.exec(beginning)?.[1] ?? '';
  const bare = line.replace(/"[^"]*"/g, '');
  const times = separators.map((separator) => bare.split(separator).length - 1);
  return separators[times.indexOf(Math.max(...times))] ?? ';';
}

/** Excel's own first line `sep=;`, which is no row. */
export function statedSeparator(beginning: string): { separator: Separator; length: number } | null {
  const [line = '', sign] = /^sep=(.)\r?\n/i.exec(beginning) ?? [];
  const separator = separators.find((known) => known === sign);
  return separator ? { separator, length: line.length } : null;
}
