import type { Entry } from './entry.ts';
import { sameValue } from './equality.ts';

/** A field that both sides changed, each in its own way: `code`, `parent`, `titles.it`, `notes.it`, `attributes.usable`. */
export interface FieldConflict {
  readonly field: string;
  /** The value before either changed it; undefined where there was none. */
  readonly before: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

export interface Merged {
  /** Takes each change that one side made, and mine where both did. */
  readonly entry: Entry;
  readonly conflicts: readonly FieldConflict[];
}

/**
 * Merges two changes of one entry, field by field; each language of titles and of notes, and each attribute, is a field.
 * @param before the entry that both started from; null when both are new
 */
export function mergeEntry(before: Entry | null, mine: Entry, theirs: Entry): Merged {
  const conflicts: FieldConflict[] = [];
  const pick = <T>(field: string, was: T | undefined, my: T, their: T): T => {
    if (sameValue(my, their) || sameValue(was, their)) return my;
    if (!sameValue(was, my)) conflicts.push({ field, before: was, mine: my, theirs: their });
    return sameValue(was, my) ? their : my;
  };
  const record = <T>(
    field: string,
    part: (entry: Entry) => Readonly<Record<string, T>>,
  ): Record<string, T> => {
    const [was, my, their] = [before ? part(before) : {}, part(mine), part(theirs)];
    const names = new Set([...Object.keys(my), ...Object.keys(their)]);
    return Object.fromEntries(
      [...names].flatMap((name): [string, T][] => {
        const picked = pick(`${field}.${name}`, was[name], my[name], their[name]);
        return picked === undefined ? [] : [[name, picked]];
      }),
    );
  };
  const entry = {
    conceptId: mine.conceptId,
    code: pick('code', before?.code, mine.code, theirs.code),
    parentId: pick('parent', before?.parentId, mine.parentId, theirs.parentId),
    // Where it stands among siblings is never worth a question.
    rank: mine.rank === before?.rank ? theirs.rank : mine.rank,
    titles: record('titles', ({ titles }) => titles),
    notes: record('notes', ({ notes }) => notes),
    attributes: record('attributes', ({ attributes }) => attributes),
  };
  return { entry, conflicts };
}
