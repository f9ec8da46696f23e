import type { Code, ConceptId } from '../entry.ts';
import type { EntryRange } from './history-index.ts';

/** A concept as one revision calls it. */
export interface Meant {
  readonly conceptId: ConceptId;
  readonly code: Code | null;
  readonly title: string | null;
}

export function meantBy({ conceptId, code, title }: EntryRange): Meant {
  return { conceptId, code, title };
}
