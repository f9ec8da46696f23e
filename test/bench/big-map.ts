/** An edition like the map of processes, for a scheme of the bench. */
export const bigEdition = {
  label: 'Bench',
  titles: { it: 'Bench' },
  effectiveDate: '2026-01-01',
  source: { file: 'generated', format: 'official-text', language: 'it' },
  separator: '.',
  levels: [
    { depth: 1, names: { it: 'macro-funzione' } },
    ...['macro-processo', 'processo', 'sotto-processo', 'attività'].map((name, i) => ({
      depth: i + 2,
      names: { it: name },
      pattern: `[A-Z][1-9][0-9]*(\\.[1-9][0-9]*){${i}}`,
    })),
  ],
} as const;

/** Codes of a map with four levels and exactly 50,000 entries: 10 x 17 x 17, and the rest attività, at most 17 a parent. */
export function bigCodes(count = 50_000, fanOut = 17): string[] {
  const levels: string[][] = [Array.from({ length: 10 }, (_, i) => `A${i + 1}`)];
  for (let depth = 1; depth < 4; depth++)
    levels.push(
      (levels[depth - 1] ?? []).flatMap((parent) =>
        Array.from({ length: fanOut }, (_, i) => `${parent}.${i + 1}`),
      ),
    );
  const inner = levels.slice(0, 3).flat();
  return [...inner, ...(levels[3] ?? []).slice(0, count - inner.length)];
}

/** The official document's text with these codes, one a line. */
export function bigDocument(codes: readonly string[]): string {
  return codes.map((code) => `${'\t'.repeat(code.split('.').length - 1)}${code} ${titleOf(code)}`).join('\n');
}

/** About as long as a title of the real map, 80 characters. */
export const titleOf = (code: string, round = 0): string =>
  `Attività ${code} di programmazione, monitoraggio e controllo dell'ente camerale, giro ${round}`;
