import type { AttributeValue, Entry, Note, Title } from '#taxonomy';
import { usualCase } from '../../skos/language-tag.ts';
import { attributeIri, mappa, rdf, skos, xkos, xsd } from '../../skos/vocabulary.ts';
import type { PermanentUris } from '../../addresses/permanent-uris.ts';
import type { Described, Statement } from './statement.ts';

/** A concept of the exported revision, with what is known of it beside its entry. */
export interface ExportedConcept {
  readonly entry: Entry;
  readonly level: number;
  readonly history: readonly Statement[];
}

/**
 * One concept in SKOS: all that the content hash covers, so that an import gives the same hash, and its history.
 * @param number of the exported revision
 */
export function describeConcept(
  uris: PermanentUris,
  number: number,
  { entry, level, history }: ExportedConcept,
): Described {
  const { conceptId, code, parentId, rank } = entry;
  const scheme = uris.revision(number);
  const place: Statement[] = parentId
    ? [[skos('broader'), { iri: uris.concept(parentId) }]]
    : [[skos('topConceptOf'), { iri: scheme }]];
  return {
    subject: uris.concept(conceptId),
    statements: [
      [rdf('type'), { iri: skos('Concept') }],
      [skos('inScheme'), { iri: scheme }],
      ...(code === null ? [] : [[skos('notation'), { text: code }] as const]),
      ...place,
      ...said(entry),
      [mappa('conceptId'), { text: conceptId }],
      [mappa('rank'), integer(rank)],
      ...history,
    ],
    reverse: [[skos('member'), uris.level(number, level)]],
  };
}

/** Titles, notes and attributes. */
export function said({
  titles,
  notes,
  attributes,
}: Pick<Entry, 'titles' | 'notes' | 'attributes'>): Statement[] {
  return [
    ...Object.entries(titles).flatMap(([language, title]) => titleStatements(language, title)),
    ...Object.entries(notes).flatMap(([language, note]) => noteStatements(language, note)),
    ...Object.entries(attributes).map(([name, value]): Statement => [attributeIri(name), valueOf(value)]),
    ...[...new Set([...Object.keys(titles), ...Object.keys(notes)])]
      .filter((tag) => usualCase(tag) !== tag)
      .map((tag): Statement => [mappa('languageTag'), { text: tag }]),
  ];
}

function titleStatements(language: string, { official, short }: Title): Statement[] {
  return [
    [skos('prefLabel'), { text: official, language }],
    ...(short === undefined ? [] : [[mappa('shortTitle'), { text: short, language }] as const]),
  ];
}

function noteStatements(language: string, { includes, excludes, guidance }: Note): Statement[] {
  const statements: Statement[] = [];
  if (includes !== undefined) statements.push([xkos('inclusionNote'), { text: includes, language }]);
  if (excludes !== undefined) statements.push([xkos('exclusionNote'), { text: excludes, language }]);
  if (guidance !== undefined) statements.push([skos('scopeNote'), { text: guidance, language }]);
  return statements.length > 0 ? statements : [[mappa('emptyNote'), { text: language }]];
}

function valueOf(value: AttributeValue): { text: string; type?: string } {
  if (typeof value === 'string') return { text: value };
  return typeof value === 'boolean' ? { text: String(value), type: xsd('boolean') } : integer(value);
}

function integer(value: number): { text: string; type: string } {
  return { text: String(value), type: xsd('integer') };
}
