import type { Code, ConceptId } from '#taxonomy';
import { dct, skos } from '../../skos/vocabulary.ts';
import type { EditionSpan } from './edition-spans.ts';
import type { PermanentUris } from '../../addresses/permanent-uris.ts';
import type { Past, PastState, Period } from './read-past.ts';
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
  const codes = new Set(states.flatMap(({ code }) => code ?? []));
  return [
    ...notes,
    ...[...codes].flatMap((code) => versionsOf(uris, spans, past, { concept, code })),
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

/**
 * The addresses of a code that a concept had: for each edition one, which stands for what had the code first in it; the
 * address of anything later names the first of its revisions.
 */
function versionsOf(
  uris: PermanentUris,
  spans: readonly EditionSpan[],
  { states, codes }: Past,
  { concept, code }: { readonly concept: ConceptId; readonly code: Code },
): Statement[] {
  const own = (states.get(concept) ?? []).filter((state) => state.code === code);
  return [...Map.groupBy(spans, ({ edition }) => edition)].flatMap(([edition, ofEdition]): Statement[] => {
    const first = firstOf(ofEdition, own);
    if (first === Infinity) return [];
    const isFirst = first === firstOf(ofEdition, codes.get(code) ?? own);
    return [
      [
        dct('hasVersion'),
        { iri: isFirst ? uris.codeOfEdition(edition, code) : uris.codeOfRevision(first, code) },
      ],
    ];
  });
}

/** The first revision of an edition in any of these periods; Infinity: there is none. */
function firstOf(spans: readonly EditionSpan[], periods: readonly Period[]): number {
  const firsts = spans.flatMap((span) =>
    periods
      .filter(({ from, through }) => span.from <= through && from <= span.through)
      .map(({ from }) => Math.max(from, span.from)),
  );
  return Math.min(...firsts);
}

function says({ code, titles }: PastState): string {
  return JSON.stringify([code, titles]);
}
