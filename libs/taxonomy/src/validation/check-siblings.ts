import { say } from '#words';
import { compareCodes } from '../compare-codes.ts';
import type { Entry } from '../entry.ts';
import type { Finding } from '../finding.ts';
import { lastNumberOf, levelOf, type CodeGrammar } from '../grammar.ts';
import { found, nameOf } from './found.ts';
import { longestText } from './check-texts.ts';

/** Numbering starts at 0 or 1; a number that is left out between siblings is worth a look. */
export function numberingGaps(grammar: CodeGrammar, siblings: readonly Entry[]): Finding[] {
  if (grammar.separator === '') return [];
  const coded = siblings.flatMap((entry) =>
    entry.code === null || !levelOf(grammar, entry.code) ? [] : [{ entry, code: String(entry.code) }],
  );
  coded.sort((a, b) => compareCodes(a.code, b.code, grammar));
  return coded.flatMap(({ entry, code }, i) => {
    const number = lastNumberOf(code);
    if (number === null || number <= 1) return [];
    const before = coded[i - 1]?.code;
    const previous =
      before !== undefined && seriesOf(before) === seriesOf(code) ? (lastNumberOf(before) ?? 0) : 0;
    return number <= previous + 1
      ? []
      : [found('numbering-gap', entry, say`Before ${code} a number is left out.`, { field: 'code' })];
  });
}

const seriesOf = (code: string): string => code.replace(/\d+$/, '');

/** Titles of one language below one parent that read alike. */
export function duplicateTitles(siblings: readonly Entry[]): Finding[] {
  if (siblings.length < 2) return [];
  const findings: Finding[] = [];
  const first = new Map<string, Entry>();
  for (const entry of siblings)
    for (const language in entry.titles) {
      const title = entry.titles[language]?.official ?? '';
      if (title === '' || title.length > longestText) continue;
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

/** A title without case, accents, spaces and punctuation. Where its letters are Latin ones, ASCII tells them all. */
function foldTitle(title: string): string {
  const apart = title.normalize('NFD');
  return apart.replace(latin.test(apart) ? /[^A-Za-z0-9]+/g : /[^\p{L}\p{N}]+/gu, '').toLowerCase();
}

/** ASCII, and accents that stand apart from their letters. */
const latin = /^[\p{ASCII}\p{Mn}\u2018\u2019]*$/u;
