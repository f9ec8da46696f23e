import type { ConceptId } from '#taxonomy';
import { dct, skos } from '../../skos/vocabulary.ts';
import type { EditionSpan } from './edition-spans.ts';
import type { PermanentUris } from '../../addresses/permanent-uris.ts';
import type { Past, PastState } from './read-past.ts';
import type { Statement } from './statement.ts';

/**
 * What a concept was: a note for each code or title before its last one, the permanent address of each of its codes in
 * each edition, what it replaces, and what replaces it.
 */
export function describePast(
  uris: PermanentUris,
  spans: readonly EditionSpan[],
  past: Past,
  concept: ConceptId,
): Statement[] {
  const states = past.states.get(concept) ?? [];
  const notes = states.slice(0, -1).flatMap((state, i) => {
    const next = states[i + 1];
    return next && says(next) === says(state) ? [] : notesOf(spans, state);
  });
  const codes = new Set(states.flatMap((state) => codesOf(uris, spans, state)));
  return [
    ...notes,
    ...[...codes].map((iri): Statement => [dct('hasVersion'), { iri }]),
    ...(past.predecessors.get(concept) ?? []).map((id): Statement => [
      dct('replaces'),
      { iri: uris.concept(id) },
    ]),
    ...(past.successors.get(concept) ?? []).map((id): Statement => [
      dct('isReplacedBy'),
      { iri: uris.concept(id) },
    ]),
  ];
}

/** `Rev. 2019: A1.1.1.6 Piano occupazionale`, in each language. */
export function notesOf(spans: readonly EditionSpan[], { code, titles, through }: PastState): Statement[] {
  const edition = spans.find((span) => span.from <= through && through <= span.through)?.edition ?? '';
  return Object.entries(titles).map(([language, { official }]) => [
    skos('historyNote'),
    { text: `${edition}: ${code === null ? '' : `${code} `}${official}`, language },
  ]);
}

function codesOf(
  uris: PermanentUris,
  spans: readonly EditionSpan[],
  { code, from, through }: PastState,
): string[] {
  if (code === null) return [];
  return spans
    .filter((span) => span.from <= through && from <= span.through)
    .map(({ edition }) => uris.code(edition, code));
}

function says({ code, titles }: PastState): string {
  return JSON.stringify([code, titles]);
}
