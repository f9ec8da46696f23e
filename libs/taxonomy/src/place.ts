import type { PlacedEntry } from './change.ts';
import { ancestorsOf, type Code, type Entries, type Entry } from './entry.ts';
import { levelOf, type CodeGrammar } from './grammar.ts';

/** An entry with its level, parent code and path; `entries` must hold its ancestors. */
export function place(grammar: CodeGrammar, entries: Entries, entry: Entry): PlacedEntry {
  const ancestors = ancestorsOf(entries, entry);
  const path = ancestors.map(({ code }) => code).filter((code): code is Code => code !== null);
  const level = (entry.code && levelOf(grammar, entry.code)?.depth) ?? ancestors.length + 1;
  return { ...entry, level, parentCode: ancestors[0]?.code ?? null, path: path.toReversed() };
}
