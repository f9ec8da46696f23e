import type { ConceptId } from '#taxonomy';
import { mappa, owl, rdf, skos, xsd } from '../../skos/vocabulary.ts';
import { describePast, notesOf } from './describe-past.ts';
import type { EditionSpan } from './edition-spans.ts';
import type { PermanentUris } from '../../addresses/permanent-uris.ts';
import type { Past } from './read-past.ts';
import type { Described, Statement } from './statement.ts';

/** A concept that the exported revision has no more: marked as deprecated, with its last title and what replaces it. */
export function describeRetired(
  uris: PermanentUris,
  spans: readonly EditionSpan[],
  past: Past,
  concept: ConceptId,
): Described {
  const last = past.states.get(concept)?.at(-1);
  const titles = Object.entries(last?.titles ?? {});
  return {
    subject: uris.concept(concept),
    statements: [
      [rdf('type'), { iri: skos('Concept') }],
      [owl('deprecated'), { text: 'true', type: xsd('boolean') }],
      ...titles.map(([language, { official }]): Statement => [
        skos('prefLabel'),
        { text: official, language },
      ]),
      [mappa('conceptId'), { text: concept }],
      ...(last ? notesOf(spans, last) : []),
      ...describePast(uris, spans, past, concept),
    ],
  };
}
