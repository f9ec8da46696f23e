import { compareCodes } from './compare-codes.ts';
import { codeFrom, type Code, type Entry } from './entry.ts';
import { groupByParent } from './hash.ts';

/** One level of an edition. `pattern` (a regular expression for the whole code) is absent where entries have no code. */
export interface Level {
  /** 1 is the top. */
  readonly depth: number;
  /** By language: `{ it: 'macro-processo' }`. */
  readonly names: Readonly<Record<string, string>>;
  readonly pattern?: string;
  /** Whether the parent follows from the code, which is the rule, or stands beside it, as NACE's section `A` of division `01`. */
  readonly parent?: 'by-code' | 'stated';
}

/** How the codes of an edition are written; data of the edition. */
export interface CodeGrammar {
  /** Stands between a parent's code and the rest; '' where a code simply begins with that of its parent (NACE `01.1`, CN `0101`). */
  readonly separator: string;
  readonly levels: readonly Level[];
}

/** A code is no text. */
const longestCode = 100;

/** The level that a code belongs to, by its form alone; null when no level has such codes. */
export function levelOf(grammar: CodeGrammar, code: string): Level | null {
  if (code.length > longestCode) return null;
  return compiledLevels(grammar.levels).find(({ expression }) => expression.test(code))?.level ?? null;
}

/**
 * The code of the parent: without its last segment, or, where nothing separates segments, the longest beginning of the
 * code that is a code of a level above. Null where no beginning is, or the level says so: the parent must be stated.
 */
export function parentCodeOf(grammar: CodeGrammar, code: Code): Code | null {
  const { separator, levels } = grammar;
  const level = separator === '' || levels.some(isStated) ? levelOf(grammar, code) : null;
  if (level && isStated(level)) return null;
  if (separator === '') return level && codeThatBegins(grammar, code, level.depth);
  const cut = code.lastIndexOf(separator);
  return cut < 0 ? null : codeFrom(code.slice(0, cut));
}

const isStated = ({ parent }: Level): boolean => parent === 'stated';

function codeThatBegins(grammar: CodeGrammar, code: Code, depth: number): Code | null {
  for (let end = code.length - 1; end > 0; end--) {
    const beginning = code.slice(0, end);
    if ((levelOf(grammar, beginning)?.depth ?? depth) < depth) return codeFrom(beginning);
  }
  return null;
}

/** Ranks leave room between them. */
export const rankStep = 16;
const digitsOfLetters = 99_999;
/** Of a Postgres int. */
export const highestRank = 2_147_483_647;

/**
 * Rank among siblings that follows from a code: its last segment, or what it adds to its parent's code, numbers before
 * letters, in steps that leave room: `A1.1.1.4` -> 64. In order of code for up to eight digits, or two letters, in either
 * case, and five digits; what is longer comes last, and only `rankByCode` tells it apart.
 */
export function rankOf(grammar: CodeGrammar, code: Code): number {
  const [, letters = '', digits = ''] = /^([A-Za-z]*)(\d*)/.exec(lastPartOf(grammar, code)) ?? [];
  const number = Number(digits || 0);
  if (letters === '') return Math.min(number * rankStep, highestRank);
  const [first = 0, second = 0] = Array.from(letters.toUpperCase(), (letter) => letter.charCodeAt(0) - 64);
  const beyond = letters.length > 2 ? digitsOfLetters : Math.min(number, digitsOfLetters);
  return ((first * 27 + second) * (digitsOfLetters + 1) + beyond) * rankStep;
}

function lastPartOf(grammar: CodeGrammar, code: Code): string {
  if (grammar.separator !== '') return code.slice(code.lastIndexOf(grammar.separator) + 1);
  const added = code.slice(parentCodeOf(grammar, code)?.length ?? 0);
  return added.replace(/^[^A-Za-z\d]+/, '');
}

/**
 * Ranks of a complete map whose siblings stand in order of code, whatever the codes look like: those of `rankOf` where they
 * give that order, else the place among the siblings. Siblings without a code keep the ranks that they have.
 */
export function rankByCode<E extends Entry>(grammar: CodeGrammar, entries: Iterable<E>): E[] {
  return [...groupByParent(entries).values()].flatMap((siblings) => {
    const coded = siblings
      .flatMap((entry) => (entry.code === null ? [] : [{ entry, code: entry.code }]))
      .sort((a, b) => compareCodes(a.code, b.code, grammar));
    const ranks = coded.map(({ code }) => rankOf(grammar, code));
    const isInOrder = ranks.every((rank, i) => i === 0 || (ranks[i - 1] ?? 0) < rank);
    return [
      ...siblings.filter(({ code }) => code === null),
      ...coded.map(({ entry }, i) => ({ ...entry, rank: isInOrder ? (ranks[i] ?? 0) : (i + 1) * rankStep })),
    ];
  });
}

/** The number at the end of a code: `A1.1.1.4` -> 4; null when it ends otherwise. */
export function lastNumberOf(code: string): number | null {
  const digits = /\d+$/.exec(code)?.[0];
  return digits === undefined ? null : Number(digits);
}

interface CompiledLevel {
  readonly level: Level;
  readonly expression: RegExp;
}
const compiled = new WeakMap<readonly Level[], readonly CompiledLevel[]>();

function compiledLevels(levels: readonly Level[]): readonly CompiledLevel[] {
  let found = compiled.get(levels);
  if (!found) {
    found = levels.flatMap((level) =>
      level.pattern ? [{ level, expression: new RegExp(`^(?:${level.pattern})$`, 'u') }] : [],
    );
    compiled.set(levels, found);
  }
  return found;
}
