import type { Edit } from '#contracts';
import { inTransaction, isRefusal } from '#platform';
import type { DataSource } from 'typeorm';
import type { NewEdition } from '../drafts/open-draft.ts';
import { openDraft } from '../drafts/open-draft.ts';
import { editDraft } from '../drafts/edit-draft.ts';
import { editor } from './people.ts';

/** Id of a draft of the official map that an editor opened and edited. */
export async function openedWith(
  db: DataSource,
  edits: readonly Edit[],
  brought?: NewEdition,
): Promise<string> {
  const draft = await inTransaction(db, (transaction) =>
    openDraft(transaction, 'processi-camerali', editor, brought),
  );
  if (isRefusal(draft)) throw new Error(draft.title.english);
  const edited = await editDraft(db, draft.id, edits, editor);
  if (isRefusal(edited)) throw new Error(JSON.stringify(edited.problems));
  return draft.id;
}
