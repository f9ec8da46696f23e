import { randomUUID } from 'node:crypto';
import { entryContentSchema, type Edit, type EntryContent } from '#contracts';
import { mergePatch, isRefusal, SchemaIssues, type Executor, type Refusal } from '#platform';
import { codeFrom, conceptIdFrom, type ConceptId } from '#taxonomy';
import { z } from 'zod';
import type { PersonId } from '../audit/person.ts';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import type { Done } from './change-draft.ts';
import type { DraftedEntry } from './drafted-entries.ts';
import { applyEdits } from './edit-draft.ts';
import { findDrafted } from './find-drafted.ts';

/** What is done to one entry. */
export type EntryEdit =
  | { readonly op: 'put'; readonly content: EntryContent }
  | { readonly op: 'patch'; readonly patch: Readonly<Record<string, unknown>> }
  | { readonly op: 'retire'; readonly successors: string | undefined };

/** Makes one edit of the entry of this code or concept id. Only `put` makes one that does not exist. */
export async function editEntry(
  db: Executor,
  draft: DraftRow,
  codeOrId: string,
  edit: EntryEdit,
  by: PersonId,
): Promise<{ conceptId: ConceptId; done: Done } | Refusal> {
  const found = await findDrafted(db, draft, codeOrId);
  const isMissing = isRefusal(found) && found.code === 'entry-unknown';
  if (isRefusal(found) && !(edit.op === 'put' && isMissing)) return found;
  const made = isRefusal(found) ? creation(codeOrId, edit) : await changeOf(db, draft, found, edit);
  if (isRefusal(made)) return made;
  const done = await applyEdits(db, draft, [made.edit], by);
  return isRefusal(done) ? done : { conceptId: made.conceptId, done };
}

interface Made {
  readonly conceptId: ConceptId;
  readonly edit: Edit;
}

/** A new entry takes its identity or its code from the address. */
function creation(codeOrId: string, edit: EntryEdit): Made {
  if (edit.op !== 'put') throw new Error('only put creates');
  const isId = z.uuid().safeParse(codeOrId).success;
  const conceptId = conceptIdFrom(isId ? codeOrId.toLowerCase() : randomUUID());
  const { code = isId ? null : codeFrom(codeOrId), ...stated } = edit.content;
  return { conceptId, edit: { op: 'create', conceptId, code, ...stated } };
}

async function changeOf(
  db: Executor,
  draft: DraftRow,
  { conceptId, code, titles, notes, attributes }: DraftedEntry,
  edit: EntryEdit,
): Promise<Made | Refusal> {
  if (edit.op === 'put') return { conceptId, edit: { op: 'change', entry: conceptId, ...edit.content } };
  if (edit.op === 'retire') {
    const successors = await successorsFrom(db, draft, edit.successors);
    if (isRefusal(successors)) return successors;
    return { conceptId, edit: { op: 'retire', entry: conceptId, ...(successors && { successors }) } };
  }
  const present = { ...(code === null ? {} : { code }), titles, notes, attributes };
  const merged = entryContentSchema.safeParse(mergePatch(present, edit.patch));
  if (!merged.success) throw new SchemaIssues(merged.error.issues);
  const { code: given, ...content } = merged.data;
  const renumbered = given === undefined || given === code ? {} : { code: given };
  const removed = nullsOf(edit.patch);
  return { conceptId, edit: { op: 'change', entry: conceptId, ...content, ...renumbered, ...removed } };
}

/** A null takes away the code, or the parent: the entry then stands at the top. */
function nullsOf({ code, parent }: Readonly<Record<string, unknown>>): { code?: null; parent?: null } {
  return { ...(code === null ? { code } : {}), ...(parent === null ? { parent } : {}) };
}

/** Named as the draft has them; undefined as long as it is not decided. */
async function successorsFrom(
  db: Executor,
  draft: DraftRow,
  named: string | undefined,
): Promise<ConceptId[] | undefined | Refusal> {
  if (named === undefined) return undefined;
  if (named === 'none') return [];
  const ids: ConceptId[] = [];
  for (const each of named.split(',')) {
    const found = await findDrafted(db, draft, each.trim());
    if (isRefusal(found)) return found;
    ids.push(found.conceptId);
  }
  return ids;
}
