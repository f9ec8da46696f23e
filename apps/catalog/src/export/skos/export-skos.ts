import { run, sql, type Executor } from '#platform';
import type { ConceptId } from '#taxonomy';
import type { FoundRevision } from '../../reading/find-revision.ts';
import { readInBatches } from '../read-in-batches.ts';
import type { ExportedConcept } from './describe-concept.ts';
import { describePast } from './describe-past.ts';
import { describeRetired } from './describe-retired.ts';
import { readEditionSpans } from './edition-spans.ts';
import type { PermanentUris } from '../../addresses/permanent-uris.ts';
import { readPast } from './read-past.ts';
import { writeSkos, type SkosFormat } from './skos-writer.ts';
import type { Described } from './statement.ts';

const batchSize = 1_000;

/** A whole revision in SKOS, with the past of its concepts and the concepts that it has no more, read batch by batch. */
export async function* exportSkos(
  db: Executor,
  found: FoundRevision,
  format: SkosFormat,
  uris: PermanentUris,
): AsyncGenerator<string> {
  const { number, edition, revision } = found;
  const spans = await readEditionSpans(db, found);
  async function* concepts(): AsyncGenerator<ExportedConcept> {
    for await (const batch of readInBatches(db, found)) {
      const ids = batch.map(({ conceptId }) => conceptId);
      const past = await readPast(db, found, ids);
      for (const entry of batch)
        yield { entry, level: entry.level, history: describePast(uris, spans, past, entry.conceptId) };
    }
  }
  async function* retired(): AsyncGenerator<Described> {
    for (let ids = await readRetired(db, found, null); ids.length > 0;) {
      const past = await readPast(db, found, ids);
      for (const id of ids) yield describeRetired(uris, spans, past, id);
      ids = await readRetired(db, found, ids.at(-1) ?? null);
    }
  }
  const described = {
    schemeId: found.schemeId,
    number,
    edition,
    effectiveDate: revision.inForceFrom,
    contentHash: revision.contentHash.toString('hex'),
  };
  yield* writeSkos(format, uris, described, { concepts: concepts(), retired: retired() });
}

/** The next concepts, in order of id, that were part of an earlier revision and are not part of this one. */
async function readRetired(
  db: Executor,
  { schemeId, number }: FoundRevision,
  after: ConceptId | null,
): Promise<ConceptId[]> {
  const rows = await run<{ id: ConceptId }>(
    db,
    sql`
    select concept_id as id from entry
    where scheme_id = ${schemeId} and from_revision <= ${number} and (${after}::uuid is null or concept_id > ${after}::uuid)
    group by concept_id having max(coalesce(to_revision, ${number + 1})) <= ${number}
    order by concept_id limit ${batchSize}`,
  );
  return rows.map(({ id }) => id);
}
