import {
  attributeSchema,
  codeSchema,
  conceptIdSchema,
  noteSchema,
  titleSchema,
  type Resolution,
} from '#contracts';
import { codeFrom, conceptIdFrom, rankOf, type CodeGrammar, type Entries, type Entry } from '#taxonomy';
import type { Overlay } from '../drafts/overlay.ts';
import type { DraftConflict } from '../sealing/conflicts.ts';

export interface Resolved {
  readonly overlay: Overlay;
  /** Conflicts that nobody has decided. */
  readonly open: readonly DraftConflict[];
  /** Decisions whose value does not fit their field. */
  readonly unfit: readonly Resolution[];
}

/**
 * Applies the decisions of a person to a draft that was brought onto another base: its own value, the base's, or a third.
 * @param overlay with the draft's own value wherever both changed a field
 * @param base the map that it stands on now
 */
export function resolveConflicts(
  grammar: CodeGrammar,
  overlay: Overlay,
  base: Entries,
  conflicts: readonly DraftConflict[],
  resolutions: readonly Resolution[],
): Resolved {
  const entries = new Map(overlay.entries);
  const retired = new Set(overlay.retired);
  const open: DraftConflict[] = [];
  const unfit: Resolution[] = [];
  for (const conflict of conflicts) {
    const { conceptId, field } = conflict;
    const decision = resolutions.find((each) => each.conceptId === conceptId && each.field === field);
    if (!decision) open.push(conflict);
    else if (decision.take === 'mine') continue;
    else if (field === 'entry') {
      if (decision.take === 'value') unfit.push(decision);
      entries.delete(conceptId);
      retired.delete(conceptId);
    } else {
      const entry = entries.get(conceptId);
      const value = decision.take === 'theirs' ? conflict.theirs : decision.value;
      const next = entry && withField(grammar, entry, field, value, base.get(conceptId));
      if (next) entries.set(conceptId, next);
      else unfit.push(decision);
    }
  }
  return { overlay: { ...overlay, entries, retired }, open, unfit };
}

/** An entry with another value in one field, `titles.it` or `code`; null when the value cannot stand there. */
function withField(
  grammar: CodeGrammar,
  entry: Entry,
  field: string,
  value: unknown,
  theirs: Entry | undefined,
): Entry | null {
  const [part = '', name = ''] = field.split(/\.(.*)/s);
  if (part === 'code') {
    const code = codeSchema.nullable().safeParse(value).data;
    if (code === undefined) return null;
    const rank =
      code === theirs?.code ? theirs?.rank : code === null ? entry.rank : rankOf(grammar, codeFrom(code));
    return { ...entry, code, rank: rank ?? entry.rank };
  }
  if (part === 'parent') {
    const parentId = conceptIdSchema.nullable().safeParse(value).data;
    return parentId === undefined ? null : { ...entry, parentId: parentId && conceptIdFrom(parentId) };
  }
  const set = <T>(schema: { safeParse(value: unknown): { data?: T } }, all: Readonly<Record<string, T>>) => {
    const { [name]: _, ...others } = all;
    if (value === null) return others;
    const { data } = schema.safeParse(value);
    return data === undefined ? null : { ...others, [name]: data };
  };
  if (part === 'titles') return put(set(titleSchema, entry.titles), (titles) => ({ ...entry, titles }));
  if (part === 'notes') return put(set(noteSchema, entry.notes), (notes) => ({ ...entry, notes }));
  if (part === 'attributes')
    return put(set(attributeSchema, entry.attributes), (attributes) => ({ ...entry, attributes }));
  return null;
}

function put<T>(part: T | null, into: (part: T) => Entry): Entry | null {
  return part === null ? null : into(part);
}
