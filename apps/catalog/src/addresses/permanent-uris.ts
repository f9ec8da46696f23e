import type { Code, ConceptId } from '#taxonomy';

/** Addresses that never change their meaning, of one scheme of one catalog. */
export interface PermanentUris {
  readonly scheme: string;
  readonly concepts: string;
  concept(id: ConceptId): string;
  revision(number: number): string;
  level(number: number, depth: number): string;
  /** What a code meant first in the revisions of an edition. */
  codeOfEdition(edition: string, code: Code): string;
  /** What a code meant in a revision. */
  codeOfRevision(number: number, code: Code): string;
}

/** @param catalog address under which the catalog is known for good: `https://mappa.example.it` */
export function permanentUris(catalog: string, schemeId: string): PermanentUris {
  const scheme = `${catalog.replace(/\/$/, '')}/api/v1/schemes/${encodeURIComponent(schemeId)}`;
  return {
    scheme,
    concepts: `${scheme}/concepts/`,
    concept: (id) => `${scheme}/concepts/${id}`,
    revision: (number) => `${scheme}/revisions/${number}`,
    level: (number, depth) => `${scheme}/revisions/${number}#level-${depth}`,
    codeOfEdition: (edition, code) =>
      `${scheme}/editions/${encodeURIComponent(edition)}/codes/${encodeURIComponent(code)}`,
    codeOfRevision: (number, code) => `${scheme}/revisions/${number}/codes/${encodeURIComponent(code)}`,
  };
}
