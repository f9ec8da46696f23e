import { refuse, sql, type Executor, type Refusal } from '#platform';
import type { PlacedEntry } from '#taxonomy';
import { say } from '#words';
import { z } from 'zod';
import type { FoundRevision } from './find-revision.ts';
import { readEntries } from './read-entries.ts';

/** An entry by its code or concept id. */
export async function findEntry(
  db: Executor,
  revision: FoundRevision,
  codeOrId: string,
): Promise<PlacedEntry | Refusal> {
  const isId = z.uuid().safeParse(codeOrId).success;
  const condition = isId ? sql`e.concept_id = ${codeOrId}` : sql`e.code = ${codeOrId}`;
  const [entry] = await readEntries(db, revision, condition);
  return (
    entry ??
    refuse('entry-unknown', {
      title: say`There is no such entry`,
      status: 404,
      detail: say`Revision ${revision.number} of ${revision.schemeId} has no entry ${codeOrId}.`,
    })
  );
}
