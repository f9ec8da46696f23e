import type { Finding, Note, Title } from '#taxonomy';
import { say } from '#words';
import type { Header } from './header.ts';
import { problem } from './problem.ts';
import type { TableRow } from './table.ts';

export interface Texts {
  readonly titles: Record<string, Title>;
  readonly notes: Record<string, Note>;
  readonly findings: readonly Finding[];
}

/** Titles and notes of a row, by language. An empty cell is no text. */
export function readTexts({ texts, textOf, isOurs }: Header, { line, cells }: TableRow): Texts {
  const official = new Map<string, string>();
  const short = new Map<string, { text: string; index: number }>();
  const notes = new Map<string, Note>();
  for (const { kind, language, i } of texts) {
    const cell = cells[i] ?? '';
    if (cell === '') continue;
    const text = textOf(cell);
    if (text === '' && !isOurs) continue;
    if (kind === 'title') official.set(language, text);
    else if (kind === 'shortTitle') short.set(language, { text, index: i });
    else notes.set(language, { ...notes.get(language), [kind]: text });
  }
  const titles = [...official].map(([language, text]): [string, Title] => {
    const shorter = short.get(language);
    return [language, shorter ? { official: text, short: shorter.text } : { official: text }];
  });
  const findings = [...short]
    .filter(([language]) => !official.has(language))
    .map(([language, { index }]) =>
      problem(
        'title-missing',
        { line, index },
        say`There is a short title without an official one (${language}).`,
      ),
    );
  return { titles: Object.fromEntries(titles), notes: Object.fromEntries(notes), findings };
}
