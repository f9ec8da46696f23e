import type { Executor } from '#platform';
import type { FoundRevision } from '../reading/find-revision.ts';
import { readInBatches } from './read-in-batches.ts';

/** A whole revision as one JSON object, with its edition and content hash, read batch by batch. */
export async function* exportJson(db: Executor, found: FoundRevision): AsyncGenerator<string> {
  const { schemeId, number, edition, revision } = found;
  const head = JSON.stringify({
    scheme: schemeId,
    edition,
    revision: number,
    effectiveDate: revision.inForceFrom,
    contentHash: revision.contentHash.toString('hex'),
  });
  yield `${head.slice(0, -1)},"entries":[`;
  let separator = '';
  for await (const batch of readInBatches(db, found)) {
    yield separator + batch.map((entry) => JSON.stringify(entry)).join(',\n');
    separator = ',\n';
  }
  yield ']}';
}
