import type { ConceptId } from '../entry.ts';

/** A row of an imported file, or an entry of the base, as far as matching looks at it. Siblings come in their order. */
export interface MatchItem<Id extends string = string> {
  readonly id: Id;
  /** null, or an id that is not among the items: stands at the top. */
  readonly parentId: string | null;
  readonly code: string | null;
  /** Official title in the language of the edition; empty where there is none. */
  readonly title: string;
}

/** What is decided already, by a stated identity or by a person, and is not asked again. */
export interface Fixed {
  /** By id of the row: the concept that it is, or null for a new one. */
  readonly rows: ReadonlyMap<string, ConceptId | null>;
  /** Concepts of the base that no row may be. */
  readonly retired: ReadonlySet<ConceptId>;
  /** Concepts that no row may be either, because their end is stated, while nobody has decided who takes their place. */
  readonly ending?: ReadonlySet<ConceptId>;
}

export type Evidence =
  | 'same-code'
  | 'same-title'
  | 'similar-title'
  | 'same-parent'
  | 'same-children'
  | 'same-siblings'
  | 'no-counterpart';

/** What a row may be; `conceptId` null: a new concept. Scores lie between 0 and 1 and only order proposals. */
export interface Proposal {
  readonly conceptId: ConceptId | null;
  readonly score: number;
  readonly evidence: readonly Evidence[];
}

/** A tie between a concept that ends, or gives part of its work away, and a row that takes it over. */
export interface Tie {
  readonly conceptId: ConceptId;
  readonly rowId: string;
  readonly score: number;
  readonly evidence: readonly Evidence[];
}

export interface RowMatch {
  readonly rowId: string;
  /** `fixed`: told from outside; `automatic`: beyond doubt; `open`: for a person to decide. */
  readonly how: 'fixed' | 'automatic' | 'open';
  /** What it is, or would be by its first proposal; null: a new concept. */
  readonly conceptId: ConceptId | null;
  /** Best first, at most `mostProposals`; empty unless open. */
  readonly proposals: readonly Proposal[];
  /** Where a row that is or may be new may have its work from, best first. */
  readonly origins: readonly Tie[];
  readonly labels: readonly Label[];
}

/** What becomes of a concept if `conceptId` of its row holds; `redefined` is told by whoever knows the notes. */
export type Label =
  'retitled' | 'redefined' | 'renumbered' | 'moved' | 'code-reused' | 'chain' | 'swap' | 'split-off';

/** A concept of the base that no row is, or would be by its first proposal. */
export interface RetiredMatch {
  readonly conceptId: ConceptId;
  readonly how: 'fixed' | 'open';
  /** Rows that may take its place, best first. */
  readonly successors: readonly Tie[];
  /** What the successions look like, when all proposed ones hold. */
  readonly shape: 'replaced' | 'split' | 'merged' | 'regrouped' | null;
}

export interface Matching {
  /** One for each row, in the order of rows. */
  readonly rows: readonly RowMatch[];
  readonly retired: readonly RetiredMatch[];
}

export const mostProposals = 5;
