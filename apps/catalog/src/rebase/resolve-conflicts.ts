import {
  attributeSchema,
  codeSchema,
  conceptIdSchema,
  titleSchema,
  writtenNoteSchema,
  type Resolution,
} from '#contracts';
import {
  conceptIdFrom,
  entryOf,
  rankAmong,
  type CodeGrammar,
  type ConceptId,
  type Entries,
  type Entry,
} from '#taxonomy';
import type { Overlay } from '../drafts/overlay.ts';
import type { DraftConflict } from '../sealing/conflicts.ts';
import { successorsField } from '../sealing/contradicted-successions.ts';

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
  const placed = new Set<ConceptId>();
  for (const conflict of conflicts) {
    const { conceptId, field } = conflict;
    const decision = resolutions.find((each) => each.conceptId === conceptId && each.field === field);
    if (!decision) open.push(conflict);
    else if (field === successorsField) {
      // What the map says holds, and the draft's own is forgotten with it.
      if (decision.take !== 'theirs') unfit.push(decision);
    } else if (decision.take === 'mine') continue;
    else if (field === 'entry') {
      if (decision.take === 'value') unfit.push(decision);
      entries.delete(conceptId);
      retired.delete(conceptId);
    } else {
      const entry = entries.get(conceptId);
      const value = decision.take === 'theirs' ? conflict.theirs : decision.value;
      const next = entry && withField(entry, field, value);
      if (next) entries.set(conceptId, next);
      else unfit.push(decision);
      if (field === 'code' || field === 'parent') placed.add(conceptId);
    }
  }
  for (const [id, rank] of ranksOf(grammar, entries, { placed, retired, base }))
    entries.set(id, { ...(entries.get(id) ?? entryOf(base, id)), rank });
  return { overlay: { ...overlay, entries, retired }, open, unfit };
}

interface Placing {
  readonly placed: ReadonlySet<ConceptId>;
  readonly retired: ReadonlySet<ConceptId>;
  readonly base: Entries;
}

/** Ranks of entries whose code or parent was decided; who is where the base has it keeps the base's. */
function ranksOf(
  grammar: CodeGrammar,
  entries: Entries,
  { placed, retired, base }: Placing,
): Map<ConceptId, number> {
  if (placed.size === 0) return new Map();
  const now = [
    ...entries.values(),
    ...[...base.values()].filter(({ conceptId: id }) => !entries.has(id) && !retired.has(id)),
  ];
  const asInBase = ({ conceptId, code, parentId }: Entry) => {
    const theirs = base.get(conceptId);
    return theirs?.code === code && theirs.parentId === parentId ? theirs : null;
  };
  const moving = now.filter((entry) => placed.has(entry.conceptId) && !asInBase(entry));
  const kept = now.flatMap((entry) => (placed.has(entry.conceptId) ? (asInBase(entry) ?? []) : entry));
  const ranks = rankAmong(grammar, moving, kept);
  for (const { conceptId, rank } of kept)
    if (placed.has(conceptId) && !ranks.has(conceptId)) ranks.set(conceptId, rank);
  return ranks;
}

/** An entry with another value in one field, `titles.it` or `code`; null when the value cannot stand there. */
function withField(entry: Entry, field: string, value: unknown): Entry | null {
  const [part = '', name = ''] = field.split(/\.(.*)/s);
  if (part === 'code') {
    const code = codeSchema.nullable().safeParse(value).data;
    return code === undefined ? null : { ...entry, code };
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
  if (part === 'notes') return put(set(writtenNoteSchema, entry.notes), (notes) => ({ ...entry, notes }));
  if (part === 'attributes')
    return put(set(attributeSchema, entry.attributes), (attributes) => ({ ...entry, attributes }));
  return null;
}

function put<T>(part: T | null, into: (part: T) => Entry): Entry | null {
  return part === null ? null : into(part);
}
