import { parentCodeOf, rankStep, titleOf, type CodeGrammar, type ConceptId, type Entry } from '#taxonomy';
import { z } from 'zod';
import type { ImportedRow } from '../imported-row.ts';
import { NamedEntries, pathAbove } from './named-entries.ts';

/** Whether the file of an import holds only the rows that change. */
export function isPartial(options: unknown): boolean {
  return z.object({ partial: z.literal(true) }).safeParse(options).success;
}

/**
 * The rows of a file that holds only what changes, with every other entry of the base as it is. A row that names an entry by
 * its path of titles is that entry; one that says nothing of its place, and has no other code, stays where the entry is.
 */
export function completeRows(
  grammar: CodeGrammar,
  rows: readonly ImportedRow[],
  base: ReadonlyMap<ConceptId, Entry>,
): ImportedRow[] {
  const named = new NamedEntries(base);
  const meant = rows.map((row) => ({ row, ...named.of(row) }));
  const untouched = new Map(base);
  const keyOf = new Map<ConceptId, string>();
  for (const { row, entries } of meant) {
    for (const { conceptId } of entries) untouched.delete(conceptId);
    if (entries.length === 1) keyOf.set(entries[0]!.conceptId, row.key);
  }
  for (const id of untouched.keys()) keyOf.set(id, id);
  /** How the row of an entry of the base is found; where it is not certain which row that is, by code or title. */
  const nameOf = (id: ConceptId | null): string | null => {
    const entry = id === null ? undefined : base.get(id);
    return entry ? (keyOf.get(entry.conceptId) ?? entry.code ?? titleOf(entry) ?? '') : null;
  };
  const isNamed = (id: ConceptId | null, name: string | null | undefined): boolean => {
    const entry = id === null ? null : base.get(id);
    if (!entry || typeof name !== 'string') return !entry && name === null;
    return [nameOf(id), entry.conceptId, entry.code, titleOf(entry) ?? ''].includes(name);
  };
  const keys = new Set(rows.map(({ key }) => key));
  const given = new Set<ConceptId>();
  let lastRank = lastOfHeadings(base);
  const placed = meant.map(({ row, entries, sure }): ImportedRow => {
    const entry = entries.length === 1 ? entries[0] : undefined;
    const hasItsCode = entry !== undefined && entry.code === row.code;
    const followsCode = !hasItsCode && row.code !== null && parentCodeOf(grammar, row.code) !== null;
    const path = pathAbove(row);
    const above = path === null || keys.has(path) ? undefined : named.at(path);
    const kept = row.parent === undefined && entry && !followsCode ? nameOf(entry.parentId) : row.parent;
    const parent = above ? nameOf(above.conceptId) : kept;
    const isInPlace = hasItsCode && isNamed(entry.parentId, parent);
    const rank = row.rank ?? (isInPlace ? entry.rank : row.code === null ? (lastRank += rankStep) : null);
    const conceptId = row.conceptId ?? (sure && !given.has(sure.conceptId) ? sure.conceptId : null);
    if (conceptId) given.add(conceptId);
    return { ...row, conceptId, parent, rank };
  });
  return [
    ...placed,
    ...[...untouched.values()].map(({ parentId, ...entry }): ImportedRow => ({
      ...entry,
      key: entry.conceptId,
      parent: nameOf(parentId),
      isKept: true,
    })),
  ];
}

function lastOfHeadings(base: ReadonlyMap<ConceptId, Entry>): number {
  let last = 0;
  for (const { code, rank } of base.values()) if (code === null && rank > last) last = rank;
  return last;
}
