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

/** 1:1, 1:n, n:1 and m:n; a concept that lives on counts as its own predecessor and successor. */
export const successionKinds = ['replaced', 'split', 'merged', 'regrouped'] as const;
export type SuccessionKind = (typeof successionKinds)[number];

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
  /** The last concept that carried the code of `after`, in the older revision or before it, when that was another one. */
  readonly codeReusedFrom: ConceptId | null;
  /** Those that take its place, or that of the part of it that ends, as the editor decided. */
  readonly successors: readonly ConceptId[];
  /** Those whose place it takes, in part or wholly. */
  readonly predecessors: readonly ConceptId[];
  /** What the links around it amount to; null where there are none. */
  readonly successionKind: SuccessionKind | null;
  /** It has successors, and goes on beside them. */
  readonly continues: boolean;
  /** Deepest level at which history stays comparable across this change; 0: only the whole map. */
  readonly comparableLevel: number;
}

/** The work of `predecessor` in the older revision, or a part of it, is that of `successor` in the newer one. */
export interface SuccessionLink {
  readonly predecessor: ConceptId;
  readonly successor: ConceptId;
}

/** Decisions of people about who takes whose place. */
export interface Successions {
  readonly links: readonly SuccessionLink[];
  /** Retired concepts of which a person said that nobody takes their place. */
  readonly decidedNone: ReadonlySet<ConceptId>;
  /** Those of the links that only undo what published successions led to, in a draft that was opened to undo them. */
  readonly undoing?: readonly SuccessionLink[];
}
