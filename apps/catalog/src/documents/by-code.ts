import { compareCodes, type CodeGrammar, type Entry } from '#taxonomy';

/** Orders entries by code, as people read codes; entries without one come first. */
export function byCode(grammar: CodeGrammar): (a: Pick<Entry, 'code'>, b: Pick<Entry, 'code'>) => number {
  return (a, b) => compareCodes(a.code ?? '', b.code ?? '', grammar);
}
