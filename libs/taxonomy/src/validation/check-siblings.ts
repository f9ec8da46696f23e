import { say } from '#words';
import { compareCodes } from '../compare-codes.ts';
import type { Entry } from '../entry.ts';
import type { Finding } from '../finding.ts';
import { lastNumberOf, levelOf, type CodeGrammar } from '../grammar.ts';
import { foldPrint, foldTitle } from './fold-title.ts';
import { found, nameOf } from './found.ts';
import { longestText } from './check-texts.ts';

/**
 * Numbering starts at 0 or 1; a number that is left out between siblings is worth a look.
 * @param refused numbers of the source that only lack their entries (`numbersIn`)
 */
export function numberingGaps(
  grammar: CodeGrammar,
  siblings: readonly Entry[],
  refused: ReadonlySet<string>,
): Finding[] {
  if (grammar.separator === '') return [];
  const coded = siblings.flatMap((entry) =>
    entry.code === null || !levelOf(grammar, entry.code) ? [] : [{ entry, code: String(entry.code) }],
  );
  coded.sort((a, b) => compareCodes(a.code, b.code, grammar));
  return coded.flatMap(({ entry, code }, i) => {
    const number = lastNumberOf(code);
    if (number === null || number <= 1) return [];
    const before = coded[i - 1]?.code;
    const series = seriesOf(code);
    const previous = before !== undefined && seriesOf(before) === series ? (lastNumberOf(before) ?? 0) : 0;
    let expected = previous + 1;
    while (expected < number && refused.has(numbered(series, expected))) expected++;
    return number <= expected
      ? []
      : [found('numbering-gap', entry, say`Before ${code} a number is left out.`, { field: 'code' })];
  });
}

/** The numbers that codes have in their series; what is no code of the edition has none. */
export function numbersIn(grammar: CodeGrammar, codes: Iterable<string>): Set<string> {
  const numbers = new Set<string>();
  for (const code of codes) {
    const number = levelOf(grammar, code) && lastNumberOf(code);
    if (number !== null) numbers.add(numbered(seriesOf(code), number));
  }
  return numbers;
}

const seriesOf = (code: string): string => code.replace(/\d+$/, '');
const numbered = (series: string, number: number): string => `${series}${number}`;

/** Titles of one language below one parent that read alike. */
export function duplicateTitles(siblings: readonly Entry[]): Finding[] {
  if (siblings.length < 2) return [];
  const findings: Finding[] = [];
  const first = new Map<string, Entry>();
  for (const { entry, language, title } of titlesMetAgain(siblings)) {
    const read = `${language} ${foldTitle(title)}`;
    const twin = first.get(read);
    if (!twin) first.set(read, entry);
    else
      findings.push(
        found(
          'title-duplicate',
          entry,
          say`${nameOf(entry)} has the same title (${language}) as ${nameOf(twin)}.`,
          { detail: language, field: `title:${language}` },
        ),
      );
  }
  return findings;
}

interface Titled {
  readonly entry: Entry;
  readonly language: string;
  readonly title: string;
}

/** The titles whose print another one has too; only these need to be folded. */
function titlesMetAgain(siblings: readonly Entry[]): Titled[] {
  const all: Titled[] = [];
  for (const entry of siblings)
    for (const language in entry.titles) {
      const title = entry.titles[language]?.official ?? '';
      if (title !== '' && title.length <= longestText) all.push({ entry, language, title });
    }
  const prints = all.map(({ title }) => foldPrint(title));
  const met = new Set<number>();
  const again = new Set<number>();
  for (const print of prints) (met.has(print) ? again : met).add(print);
  return again.size === 0 ? [] : all.filter((_, i) => again.has(prints[i] ?? 0));
}
