import type { Code, ConceptId, Entry } from './entry.ts';

export const changeKinds = [
  'created',
  'reactivated',
  'retitled',
  'redefined',
  'renumbered',
  'moved',
  'attributes-changed',
  'reordered',
  'retired',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** An entry with what a reader needs to place it without a second question. */
export interface PlacedEntry extends Entry {
  /** 1 for an entry without a parent that has no code of its own level, else the level of its code. */
  readonly level: number;
  readonly parentCode: Code | null;
  /** Codes of the ancestors, the top first; ancestors without a code are left out. */
  readonly path: readonly Code[];
}

/** What happened to one concept between two revisions. `before` is null for a creation, `after` for a retirement. */
export interface Change {
  readonly conceptId: ConceptId;
  readonly kinds: readonly ChangeKind[];
  readonly before: PlacedEntry | null;
  readonly after: PlacedEntry | null;
  /** The highest ancestor whose renumbering or move is the reason of this change. */
  readonly causedBy: ConceptId | null;
  /** The concept that carried the code of `after` in the older revision, when that was another one. */
  readonly codeReusedFrom: ConceptId | null;
  /** Of a retired concept: those that take its place, as the editor decided. */
  readonly successors: readonly ConceptId[];
  /** Of a created concept: the retired ones whose place it takes. */
  readonly predecessors: readonly ConceptId[];
}

/** Editor's decisions for retired concepts: who takes their place. */
export type Successions = ReadonlyMap<ConceptId, readonly ConceptId[]>;
