import type { ConceptId } from '#taxonomy';

/**
 * How a concept differs from the published map: it says something else (`content`), stands below another parent
 * (`place`), has its children in another order (`order`), is not held (`missing`), or is not published (`surplus`).
 */
export interface Difference {
  /** null: the top of the map, whose only difference can be the order of what stands there. */
  readonly conceptId: ConceptId | null;
  readonly kind: 'content' | 'place' | 'order' | 'missing' | 'surplus';
}

/** `asked`: how many nodes were read to find out. */
export type Verdict =
  | { readonly equal: true; readonly asked: 0 }
  | { readonly equal: false; readonly asked: number; readonly differences: readonly Difference[] };
