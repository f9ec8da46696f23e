import type { Edition } from '#contracts';
import { dct, mappa, owl, rdf, skos, xkos, xsd } from '../../skos/vocabulary.ts';
import type { PermanentUris } from '../../addresses/permanent-uris.ts';
import type { Described, Statement } from './statement.ts';

/** The revision that is exported. */
export interface DescribedRevision {
  readonly schemeId: string;
  readonly number: number;
  readonly edition: Edition;
  readonly effectiveDate: string;
  /** 64 hexadecimal digits. */
  readonly contentHash: string;
}

/** The scheme as this revision shows it, and its levels (XKOS). */
export function describeScheme(uris: PermanentUris, revision: DescribedRevision): Described[] {
  const { schemeId, number, edition, effectiveDate, contentHash } = revision;
  const levels = edition.levels.map(({ depth }) => uris.level(number, depth));
  const statements: Statement[] = [
    [rdf('type'), { iri: skos('ConceptScheme') }],
    ...Object.entries(edition.titles).map(([language, text]): Statement => [
      dct('title'),
      { text, language },
    ]),
    [skos('notation'), { text: edition.label }],
    [dct('isVersionOf'), { iri: uris.scheme }],
    [dct('issued'), { text: effectiveDate, type: xsd('date') }],
    ...(edition.publisher ? [[dct('publisher'), { text: edition.publisher }] as const] : []),
    [owl('versionInfo'), { text: String(number) }],
    [mappa('scheme'), { text: schemeId }],
    [mappa('contentHash'), { text: contentHash }],
    [xkos('numberOfLevels'), { text: String(levels.length), type: xsd('integer') }],
    [xkos('levels'), { list: levels }],
  ];
  return [
    { subject: uris.revision(number), statements },
    ...edition.levels.map((level) => describeLevel(uris, number, level)),
  ];
}

function describeLevel(
  uris: PermanentUris,
  number: number,
  { depth, names, pattern }: Edition['levels'][number],
): Described {
  return {
    subject: uris.level(number, depth),
    statements: [
      [rdf('type'), { iri: xkos('ClassificationLevel') }],
      [xkos('depth'), { text: String(depth), type: xsd('integer') }],
      ...Object.entries(names).map(([language, text]): Statement => [skos('prefLabel'), { text, language }]),
      ...(pattern === undefined ? [] : [[xkos('notationPattern'), { text: pattern }] as const]),
    ],
  };
}
