import { titleOf, type Code, type ConceptId, type Content, type Finding } from '#taxonomy';
import type { Origin } from './origin.ts';

/**
 * One entry as a file gives it, before anybody has decided which concept it is. Every reader of a format makes these;
 * what they mean against the published map is decided later (`matching/`).
 */
export interface ImportedRow extends Pick<Content, 'titles' | 'notes' | 'attributes'> {
  /** Names the row within its file: concept id, else code, else heading text. Two rows may not share one. */
  readonly key: string;
  /** Stated by the file: an export, or a file for editing. */
  readonly conceptId: ConceptId | null;
  /** null: a heading without a code. */
  readonly code: Code | null;
  /** `key` (or code, or concept id) of the parent's row; null: stands at the top; undefined: follows from the code. */
  readonly parent: string | null | undefined;
  /** The code of the parent, where the file says it beside `parent`. */
  readonly parentCode?: string;
  /** What the file says of its level, a number or a name, where it does; the code decides. */
  readonly level?: string;
  /** Order among siblings, where the file states one; else it follows from the code, or from the order of rows. */
  readonly rank: number | null;
  /** Where it stands in the file, from 1. */
  readonly line?: number;
  readonly column?: number;
  /** Not in the file, which holds only what changes: the entry of the base as it is. */
  readonly isKept?: true;
  /** Asked for by an editor in a file for editing; a change of null is the one that the row makes by what it says. */
  readonly asked?: { readonly change: 'retire' | 'keep' | null; readonly reason: string };
}

/**
 * What a reader yields, in the order of the file. An error among the findings means that nothing of the file is used;
 * a reader goes on after it, so that all problems are told at once (at most `mostFindings`, then one that says so).
 * `refused` are the names (key, code, concept id, title of a heading) of a row that an error keeps from being an entry: what
 * stands below it is no orphan.
 */
export type Read =
  | { readonly row: ImportedRow }
  | { readonly finding: Finding }
  | { readonly refused: readonly string[] }
  | { readonly origin: Origin }
  | { readonly columns: FileColumns };

/** In which column, from 1, the rows of a file have each field: `code`, `parent`, `title:it`. */
export type FileColumns = ReadonlyMap<string, number>;

/** A file of one format, read as a stream of bounded memory. */
export type FileReader = (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Read>;

/** What people call a row: its code, its path or title; an id only where it has nothing else, for it tells nobody anything. */
export function nameOfRow({ code, key, conceptId, titles }: ImportedRow): string {
  return code ?? (key === conceptId ? (titleOf({ titles }) ?? key) : key);
}

export const asksToEnd = ({ asked }: ImportedRow): boolean => asked?.change === 'retire';

export const mostFindings = 1_000;
