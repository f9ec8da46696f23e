import type { Edit } from '#contracts';
import { refuse, run, sql, type Executor, type Refusal } from '#platform';
import { parentCodeOf, type CodeGrammar, type Entry } from '#taxonomy';
import { say } from '#words';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import type { PersonId } from '../audit/person.ts';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { entryColumns } from '../database/entry-row.ts';
import { baseEntries } from './base-entries.ts';
import { changeDraft, type Done } from './change-draft.ts';
import { decideEdits } from './decide-edits.ts';
import { journal } from './journal.ts';
import { placeEntries } from './place-entries.ts';
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
  return changeDraft(db, { draftId, by, ifMatch }, (transaction, draft) =>
    applyEdits(transaction, draft, edits, by),
  );
}

/** The same within a change that is under way; `action` names it in the draft's journal and in the audit log. */
export async function applyEdits(
  db: Executor,
  draft: DraftRow,
  edits: readonly Edit[],
  by: PersonId,
  action = 'draft-edited',
): Promise<Done | Refusal> {
  const names = namesIn(draft.edition, edits);
  const base = await namedEntries(db, draft, names);
  const overlay = await readOverlay(
    db,
    draft.id,
    sql`(e.code = any(${names}::text[])
    or e.concept_id = any(${uuidsIn(names)}::uuid[])
    or e.concept_id = any(${base.map(({ conceptId }) => conceptId)}::uuid[]))`,
  );
  const taken = await conceptsElsewhere(db, draft.schemeId, edits);
  const decided = decideEdits(edits, { grammar: draft.edition, overlay, base, taken });
  const { successions, problems } = decided;
  if (problems.length > 0)
    return refuse('edits-refused', { title: say`The edits cannot be applied`, problems });
  const entries = await placeEntries(db, draft, decided);
  const concepts = entries.map(({ conceptId }) => conceptId);
  await journal(db, { draftId: draft.id, by, action, concepts }, async () => {
    await writeOverlay(db, draft.id, entries);
    await writeSuccessions(db, draft.id, successions);
  });
  return { action, details: { edits: edits.length } };
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

async function namedEntries(db: Executor, draft: DraftRow, names: readonly string[]): Promise<Entry[]> {
  return run<Entry>(
    db,
    sql`
    select ${entryColumns} from ${baseEntries(draft)} e
    where e.code = any(${names}::text[]) or e.concept_id = any(${uuidsIn(names)}::uuid[])`,
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

const uuidsIn = (names: readonly string[]) => names.filter((name) => z.uuid().safeParse(name).success);
