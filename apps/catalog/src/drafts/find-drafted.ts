import { refuse, sql, type Executor, type Refusal } from '#platform';
import { say } from '#words';
import { z } from 'zod';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { readDrafted, type DraftedEntry } from './drafted-entries.ts';

/** An entry of a draft by its concept id, or by the code that it carries in the draft. */
export async function findDrafted(
  db: Executor,
  draft: DraftRow,
  codeOrId: string,
): Promise<DraftedEntry | Refusal> {
  const isId = z.uuid().safeParse(codeOrId).success;
  const found = await readDrafted(
    db,
    draft,
    isId ? sql`e.concept_id = ${codeOrId}` : sql`e.code = ${codeOrId}`,
  );
  const standing = found.filter(({ state }) => isId || state !== 'retired');
  const [entry, another] = standing;
  if (another)
    return refuse('code-ambiguous', {
      title: say`Several entries of the draft carry this code`,
      status: 409,
      detail: say`${codeOrId} is carried by ${standing.map(({ conceptId }) => conceptId).join(', ')}. Name one by its concept id.`,
    });
  return (
    entry ??
    refuse('entry-unknown', {
      title: say`There is no such entry`,
      status: 404,
      detail: say`The draft has no entry ${codeOrId}.`,
    })
  );
}
