import type { ConceptId, HistoryIndex } from '#taxonomy';

interface Concepts {
  has(id: ConceptId): boolean;
  keys(): IterableIterator<ConceptId>;
}

/** Concepts that one revision does not have, another one has, and that were in the map before the first of the two. */
export function formerConceptsAt(
  index: HistoryIndex,
  revision: number,
  base: Concepts,
  next: Concepts,
): Set<ConceptId> {
  return new Set([...next.keys()].filter((id) => !base.has(id) && livedBefore(index, id, revision)));
}

function livedBefore(index: HistoryIndex, id: ConceptId, revision: number): boolean {
  const concept = index.find(id);
  return (
    concept !== undefined && index.rangesOf(concept).some((range) => index.rangeOf(range).from < revision)
  );
}
