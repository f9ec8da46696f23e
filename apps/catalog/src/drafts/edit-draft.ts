import type { Edit } from '#contracts';
import {
  inTransaction,
  isRefusal,
  refuse,
  refuseUnseen,
  run,
  sql,
  type Executor,
  type Refusal,
} from '#platform';
import { parentCodeOf, type CodeGrammar, type Entry } from '#taxonomy';
import type { DataSource } from 'typeorm';
import type { PersonId } from '../audit/person.ts';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { entryColumns } from '../database/entry-row.ts';
import { decideEdits } from './decide-edits.ts';
import { draftEdited } from './draft-edited.ts';
import { lockDraft } from './find-draft.ts';
import { readOverlay, writeOverlay, writeSuccessions } from './overlay.ts';

/**
 * Applies edits to a draft, all of them or, with all that is wrong, none.
 * @param ifMatch entity tag of the draft as its editor has seen it
 */
export async function editDraft(
  db: DataSource,
  draftId: string,
  edits: readonly Edit[],
  by: PersonId,
  ifMatch = '*',
): Promise<DraftRow | Refusal> {
  return inTransaction(db, async (transaction) => {
    const draft = await lockDraft(transaction, draftId, 'edit');
    if (isRefusal(draft)) return draft;
    const unseen = refuseUnseen(ifMatch, draft.version);
    if (unseen) return unseen;
    const overlay = await readOverlay(transaction, draftId);
    const inForce = await namedEntries(transaction, draft.schemeId, namesIn(draft.edition, edits));
    const taken = await conceptsElsewhere(transaction, draft.schemeId, edits);
    const { entries, successions, problems } = decideEdits(edits, {
      grammar: draft.edition,
      overlay,
      inForce,
      taken,
    });
    if (problems.length > 0)
      return refuse('edits-refused', { title: 'The edits cannot be applied', problems });
    await writeOverlay(transaction, draftId, entries);
    await writeSuccessions(transaction, draftId, successions);
    return draftEdited(transaction, draft, by, { action: 'draft-edited', details: { edits: edits.length } });
  });
}

/** Every code and concept id that decideEdits may look up. */
function namesIn(grammar: CodeGrammar, edits: readonly Edit[]): string[] {
  const names = new Set<string>();
  for (const edit of edits) {
    if ('entry' in edit) names.add(edit.entry);
    if ('conceptId' in edit && edit.conceptId) names.add(edit.conceptId);
    if ('parent' in edit && edit.parent) names.add(edit.parent);
    if (edit.op === 'retire') for (const successor of edit.successors ?? []) names.add(successor);
    else for (const predecessor of edit.predecessors ?? []) names.add(predecessor);
    const parentCode = 'code' in edit && edit.code ? parentCodeOf(grammar, edit.code) : null;
    if (parentCode) names.add(parentCode);
  }
  return [...names];
}

async function namedEntries(db: Executor, schemeId: string, names: readonly string[]): Promise<Entry[]> {
  return run<Entry>(
    db,
    sql`
    select ${entryColumns} from entry e
    where e.scheme_id = ${schemeId} and e.to_revision is null
      and (e.code = any(${names}::text[]) or e.concept_id::text = any(${names}::text[]))`,
  );
}

/** Identities that the edits choose and that belong to a concept of another scheme. */
async function conceptsElsewhere(
  db: Executor,
  schemeId: string,
  edits: readonly Edit[],
): Promise<Set<string>> {
  const chosen = edits.flatMap((edit) => (edit.op === 'create' ? (edit.conceptId ?? []) : []));
  const rows = await run<{ id: string }>(
    db,
    sql`select id from concept where id = any(${chosen}::uuid[]) and scheme_id <> ${schemeId}`,
  );
  return new Set(rows.map(({ id }) => id));
}
