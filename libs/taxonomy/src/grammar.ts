import { codeFrom, type Code } from './entry.ts';

/** One level of an edition. `pattern` (a regular expression for the whole code) is absent where entries have no code. */
export interface Level {
  /** 1 is the top. */
  readonly depth: number;
  /** By language: `{ it: 'macro-processo' }`. */
  readonly names: Readonly<Record<string, string>>;
  readonly pattern?: string;
}

/** How the codes of an edition are written; data of the edition. */
export interface CodeGrammar {
  readonly separator: string;
  readonly levels: readonly Level[];
}

/** The level that a code belongs to, by its form alone; null when no level has such codes. */
export function levelOf(grammar: CodeGrammar, code: string): Level | null {
  return grammar.levels.find((level) => level.pattern && matches(level.pattern, code)) ?? null;
}

/**
 * The code of the parent: the code without its last segment. Null where the levels above have no code of that form,
 * so that the parent must be stated.
 */
export function parentCodeOf(grammar: CodeGrammar, code: Code): Code | null {
  const cut = code.lastIndexOf(grammar.separator);
  return cut < 0 ? null : codeFrom(code.slice(0, cut));
}

const letterStep = 100_000;
const rankStep = 16;
/** Of a Postgres int. */
const highestRank = 2_147_483_647;

/**
 * Rank among siblings that follows from a code: its last segment, letters before numbers, in steps that leave room.
 * `A1.1.1.4` -> 64, `E1` -> 8_000_016.
 */
export function rankOf(grammar: CodeGrammar, code: Code): number {
  const last = code.slice(code.lastIndexOf(grammar.separator) + 1);
  const [, letters = '', digits = '0'] = /^([A-Z]*)(\d*)/.exec(last) ?? [];
  const letterRank = Array.from(letters).reduce((sum, letter) => sum * 26 + (letter.charCodeAt(0) - 64), 0);
  return Math.min((letterRank * letterStep + Number(digits)) * rankStep, highestRank);
}

/** The number at the end of a code: `A1.1.1.4` -> 4; null when it ends otherwise. */
export function lastNumberOf(code: string): number | null {
  const digits = /\d+$/.exec(code)?.[0];
  return digits === undefined ? null : Number(digits);
}

const compiled = new Map<string, RegExp>();

function matches(pattern: string, code: string): boolean {
  let expression = compiled.get(pattern);
  if (!expression) compiled.set(pattern, (expression = new RegExp(`^(?:${pattern})$`, 'u')));
  return expression.test(code);
}
