import type { PlacedEntry } from './change.ts';
import { entryOf, type Code, type ConceptId, type Entries, type Entry } from './entry.ts';
import { levelOf, type CodeGrammar } from './grammar.ts';

/** What all children of one entry have in common. */
interface Below {
  readonly depth: number;
  readonly parentCode: Code | null;
  readonly path: readonly Code[];
}

/** An entry with its level, parent code and path; `entries` must hold its ancestors. */
export function place(grammar: CodeGrammar, entries: Entries, entry: Entry): PlacedEntry {
  return placer(grammar, entries)(entry);
}

/** As `place`, for many entries of one map: siblings share what their parent gives them. Throws on a cycle. */
export function placer(grammar: CodeGrammar, entries: Entries): (entry: Entry) => PlacedEntry {
  const known = new Map<ConceptId, Below | 'underway'>();
  const top: Below = { depth: 1, parentCode: null, path: [] };
  const below = (parentId: ConceptId | null): Below => {
    if (parentId === null) return top;
    const found = known.get(parentId);
    if (found === 'underway') throw new Error(`entry ${parentId} is its own ancestor`);
    if (found) return found;
    known.set(parentId, 'underway');
    const parent = entryOf(entries, parentId);
    const { depth, path } = below(parent.parentId);
    const made: Below = {
      depth: depth + 1,
      parentCode: parent.code,
      path: parent.code ? [...path, parent.code] : path,
    };
    known.set(parentId, made);
    return made;
  };
  let last: { parentId: ConceptId | null; below: Below } = { parentId: null, below: top };
  return ({ conceptId, code, parentId, rank, titles, notes, attributes }) => {
    if (parentId !== last.parentId) last = { parentId, below: below(parentId) };
    const { depth, parentCode, path } = last.below;
    const level = (code && levelOf(grammar, code)?.depth) ?? depth;
    return { conceptId, code, parentId, rank, titles, notes, attributes, level, parentCode, path };
  };
}
