import { QueryError } from './query-error.ts';

export type Token =
  | { readonly is: 'word'; readonly text: string; readonly at: number }
  | { readonly is: 'string' | 'number' | 'date'; readonly text: string; readonly at: number }
  | { readonly is: 'symbol'; readonly text: string; readonly at: number }
  | { readonly is: 'end'; readonly text: ''; readonly at: number };

const pattern =
  /\s*(?:(?<guid>[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})|(?<date>\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?)|(?<number>[+-]?\d+(?:\.\d+)?)|(?<word>[A-Za-z_$][\w$:.-]*)|'(?<single>(?:[^'\\]|\\.|'')*)'|"(?<double>(?:[^"\\]|\\.)*)"|(?<symbol><=|>=|<>|!=|[=<>(),*]))/y;

/** Cuts a query (SOQL, CMIS SQL) or a filter (SCIM, OData, with its GUIDs as texts) into its words, literals and signs. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  let at = 0;
  while (text.slice(at).trim() !== '') {
    const groups = pattern.exec(text)?.groups;
    if (!groups)
      throw new QueryError(`unexpected token at position ${at}: '${text.slice(at).trim().slice(0, 20)}'`);
    tokens.push(tokenOf(groups, at));
    at = pattern.lastIndex;
  }
  return [...tokens, { is: 'end', text: '', at }];
}

function tokenOf(groups: Readonly<Record<string, string | undefined>>, at: number): Token {
  if (groups['word'] !== undefined) return { is: 'word', text: groups['word'], at };
  if (groups['number'] !== undefined) return { is: 'number', text: groups['number'], at };
  if (groups['guid'] !== undefined) return { is: 'string', text: groups['guid'], at };
  if (groups['date'] !== undefined) return { is: 'date', text: groups['date'], at };
  if (groups['single'] !== undefined)
    return { is: 'string', text: unescape(groups['single'].replaceAll("''", "'")), at };
  if (groups['double'] !== undefined) return { is: 'string', text: unescape(groups['double']), at };
  return { is: 'symbol', text: groups['symbol'] ?? '', at };
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** `\'` and `\\` as SOQL, CMIS and JSON write them; `\%` and `\_` stay, because LIKE gives them a meaning of its own. */
function unescape(text: string): string {
  return text.replace(
    /\\(?:u([0-9a-fA-F]{4})|([^%_]))/g,
    (_, unicode: string | undefined, sign: string | undefined) =>
      unicode ? String.fromCharCode(Number.parseInt(unicode, 16)) : (escapes[sign ?? ''] ?? sign ?? ''),
  );
}
