import type { Entries, Entry } from './entry.ts';
import type { Finding } from './finding.ts';
import { compareCodes } from './compare-codes.ts';
import { lastNumberOf, levelOf, parentCodeOf, type CodeGrammar } from './grammar.ts';
import { groupByParent } from './hash.ts';

/** An entry without a title is accepted only when it says that its source has none. */
export const missingInSource = 'missing-in-source';

const longestText = 4_000;
/** Control, invisible and direction characters, tags, comments, entities, spaces at the ends. */
const unwantedText = /[\p{Cc}\p{Cf}\u2028\u2029]|<\/?[a-z][^>]*>|<!--|&#?\w+;|^\s|\s$/iu;

/** Findings on a complete map, all at once, in order of code. Errors must be mended before publication. */
export function validate(grammar: CodeGrammar, entries: Entries): Finding[] {
  const findings = [
    ...[...entries.values()].flatMap((entry) => [
      ...checkCode(grammar, entries, entry),
      ...checkParent(grammar, entries, entry),
      ...checkTitles(entry),
      ...checkTexts(entry),
    ]),
    ...duplicateCodes(entries),
    ...numberingGaps(grammar, entries),
  ];
  return findings.sort((a, b) => compareCodes(a.code ?? '', b.code ?? '', grammar));
}

function checkCode(grammar: CodeGrammar, entries: Entries, { code, parentId }: Entry): Finding[] {
  if (code === null) return [];
  if (!levelOf(grammar, code)) return [error('code-form', code, `"${code}" is not a code of this edition.`)];
  const parent = parentId ? entries.get(parentId) : undefined;
  const expected = parentCodeOf(grammar, code);
  if (expected === (parent?.code ?? null)) return [];
  const stands = parent?.code ? `stands below ${parent.code}` : 'stands below no code';
  return [
    error('code-parent', code, `${code} ${stands}, but its code places it below ${expected ?? 'none'}.`),
  ];
}

/** Walks up at most as far as the edition has levels, which a cycle never ends within. */
function checkParent(grammar: CodeGrammar, entries: Entries, entry: Entry): Finding[] {
  let depth = 1;
  for (let id = entry.parentId; id !== null; depth++) {
    const parent = entries.get(id);
    if (!parent)
      return [error('parent-missing', nameOf(entry), `The parent of ${nameOf(entry)} is not in the map.`)];
    if (depth >= grammar.levels.length)
      return [
        error(
          'too-deep',
          nameOf(entry),
          `${nameOf(entry)} stands deeper than the edition has levels, or below itself.`,
        ),
      ];
    id = parent.parentId;
  }
  const isUncodedLevel = grammar.levels.some((level) => level.depth === depth && level.pattern === undefined);
  if (entry.code !== null || isUncodedLevel) return [];
  return [
    error('code-missing', nameOf(entry), `${nameOf(entry)} has no code, and entries of its level have one.`),
  ];
}

function checkTitles(entry: Entry): Finding[] {
  const titles = Object.values(entry.titles);
  if (titles.length === 0 && entry.attributes['sourceStatus'] !== missingInSource)
    return [error('title-missing', nameOf(entry), `${nameOf(entry)} has no title.`)];
  if (titles.length === 0)
    return [
      warning('title-missing', nameOf(entry), `${nameOf(entry)} has no title: it is missing in the source.`),
    ];
  return [];
}

/** Every text that people read, and that the content hash covers. */
function checkTexts(entry: Entry): Finding[] {
  const texts = [...Object.values(entry.titles), ...Object.values(entry.notes)].flatMap((texts) =>
    Object.values(texts),
  );
  const strings = Object.values(entry.attributes).filter((value) => typeof value === 'string');
  return [...texts, ...strings].flatMap((text: string) => {
    if (text.length > longestText)
      return [
        error(
          'text-too-long',
          nameOf(entry),
          `A text of ${nameOf(entry)} is longer than ${longestText} characters.`,
        ),
      ];
    if (text !== '' && !unwantedText.test(text) && text === text.normalize('NFC')) return [];
    const what = 'is empty or has markup, invisible characters or spaces at its ends';
    return [error('text-form', nameOf(entry), `A text of ${nameOf(entry)} ${what}.`)];
  });
}

function duplicateCodes(entries: Entries): Finding[] {
  const count = new Map<string, number>();
  for (const { code } of entries.values()) if (code) count.set(code, (count.get(code) ?? 0) + 1);
  return [...count]
    .filter(([, times]) => times > 1)
    .map(([code, times]) => error('code-duplicate', code, `${code} stands ${times} times in the map.`));
}

/** Numbering starts at 0 or 1; a number that is left out between siblings is worth a look. */
function numberingGaps(grammar: CodeGrammar, entries: Entries): Finding[] {
  const findings: Finding[] = [];
  for (const siblings of groupByParent(entries.values()).values()) {
    const codes = siblings
      .map(({ code }) => code)
      .filter((code) => code !== null)
      .sort((a, b) => compareCodes(a, b, grammar));
    codes.forEach((code, i) => {
      const before = codes[i - 1];
      const [number, previous] = [lastNumberOf(code), before ? lastNumberOf(before) : null];
      const sameSeries = before !== undefined && prefixOf(before) === prefixOf(code);
      if (number === null || (sameSeries ? number <= (previous ?? 0) + 1 : number <= 1)) return;
      findings.push(warning('numbering-gap', code, `Before ${code} a number is left out.`));
    });
  }
  return findings;
}

const prefixOf = (code: string): string => code.replace(/\d+$/, '');
const nameOf = (entry: Entry): string =>
  entry.code ?? Object.values(entry.titles)[0]?.official ?? entry.conceptId;
const error = (rule: string, code: string, message: string): Finding => ({
  rule,
  severity: 'error',
  code,
  message,
});
const warning = (rule: string, code: string, message: string): Finding => ({
  rule,
  severity: 'warning',
  code,
  message,
});
