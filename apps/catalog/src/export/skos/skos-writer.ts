import { describeConcept, type ExportedConcept } from './describe-concept.ts';
import { describeScheme, type DescribedRevision } from './describe-scheme.ts';
import { JsonLdWriter } from './json-ld.ts';
import type { PermanentUris } from '../../addresses/permanent-uris.ts';
import type { Described } from './statement.ts';
import { TurtleWriter } from './turtle.ts';

export type SkosFormat = 'turtle' | 'json-ld';

/** What `writeSkos` needs to know of concepts: those of the revision, then those that it has no more. */
export interface SkosContent {
  readonly concepts: AsyncIterable<ExportedConcept>;
  readonly retired: AsyncIterable<Described>;
}

/** A whole revision in SKOS, as pieces of text. */
export async function* writeSkos(
  format: SkosFormat,
  uris: PermanentUris,
  revision: DescribedRevision,
  { concepts, retired }: SkosContent,
): AsyncIterable<string> {
  const local = { concept: uris.concepts };
  const writer = format === 'turtle' ? new TurtleWriter(local) : new JsonLdWriter(local);
  for (const described of describeScheme(uris, revision)) yield writer.write(described);
  for await (const concept of concepts) yield writer.write(describeConcept(uris, revision.number, concept));
  for await (const described of retired) yield writer.write(described);
  yield writer.close();
}
