import { isDeepStrictEqual } from 'node:util';
import { isRefusal, refuse, run, sql, type Refusal } from '#platform';
import type { EntityManager } from 'typeorm';
import { appendAudit } from '../audit/append-audit.ts';
import type { PersonId } from '../audit/person.ts';
import { DraftRow } from '../database/entities/draft.entity.ts';
import { draftEdited } from '../drafts/draft-edited.ts';
import { headOf, openDraft } from '../drafts/open-draft.ts';
import { writeOverlay, writeSuccessions } from '../drafts/overlay.ts';
import { findImport, type ImportRecord } from '../imports/files/import-record.ts';
import { transitions } from '../review/states.ts';
import { draftOfRows } from './draft-of-rows.ts';
import type { MatchedImport } from './load-matching.ts';

const mostNamed = 100;

/** Brings the rows of an import into a draft, once every one is decided. Call it in a transaction that locked the import. */
export async function applyImport(
  db: EntityManager,
  record: ImportRecord,
  matched: MatchedImport,
  by: PersonId,
): Promise<ImportRecord | Refusal> {
  const head = await headOf(db, record.schemeId);
  if (head?.number !== record.baseRevision)
    return refuse('import-outdated', {
      title: 'Another revision came into force since the file was read',
      status: 409,
      detail: `The import stands on revision ${record.baseRevision ?? 'none'}, in force is ${head?.number ?? 'none'}. Send the file again as an import that replaces this one; its decisions are kept.`,
    });
  const open = undecided(matched);
  if (open) return open;
  const draft = await draftFor(db, record, by);
  if (isRefusal(draft)) return draft;
  const { entries, successions } = draftOfRows(matched);
  await writeOverlay(db, draft.id, entries);
  await writeSuccessions(db, draft.id, successions);
  await run(db, sql`update import set state = 'applied', draft_id = ${draft.id} where id = ${record.id}`);
  const details = { draft: draft.id, entries: entries.length, decisions: matched.decisions.size };
  await appendAudit(db, { actor: by, action: 'import-applied', subject: `import/${record.id}`, details });
  return findImport(db, record.id);
}

/** Whether nothing waits for a person. */
export function isDecided({ matching }: MatchedImport): boolean {
  return (
    matching.rows.every(({ how }) => how !== 'open') && matching.retired.every(({ how }) => how !== 'open')
  );
}

function undecided({ matching, problem }: MatchedImport): Refusal | null {
  const rows = matching.rows.filter(({ how }) => how === 'open');
  const concepts = matching.retired.filter(({ how }) => how === 'open');
  if (rows.length + concepts.length === 0) return null;
  return refuse('matching-undecided', {
    title: 'Some rows or entries wait for a decision',
    status: 409,
    detail: `${rows.length} rows of the file and ${concepts.length} entries in force that are not in it are undecided.`,
    problems: [
      ...rows.map(({ rowId }) => ({
        rule: 'row-undecided',
        message: `Which entry the row ${rowId} is has not been decided.`,
        ...nameOf(problem.entries.get(rowId)?.code),
      })),
      ...concepts.map(({ conceptId }) => ({
        rule: 'concept-undecided',
        message: `The file has no row for ${problem.base.get(conceptId)?.code ?? conceptId}; whether it ends has not been decided.`,
        ...nameOf(problem.base.get(conceptId)?.code),
      })),
    ].slice(0, mostNamed),
  });
}

const nameOf = (code: string | null | undefined) => (code ? { code } : {});

/** The draft of the import that this one replaces, emptied, as long as it can be edited and stands on the same; else a new one. */
async function draftFor(db: EntityManager, record: ImportRecord, by: PersonId): Promise<DraftRow | Refusal> {
  const { edition, schemeId, sourceSha256, baseRevision } = record;
  const earlier = await earlierDraft(db, record);
  if (earlier?.baseRevision !== baseRevision || !isDeepStrictEqual(earlier.edition, edition))
    return openDraft(db, schemeId, by, { edition, ...(sourceSha256 === null ? {} : { sourceSha256 }) });
  await run(db, sql`delete from draft_succession where draft_id = ${earlier.id}`);
  await run(db, sql`delete from draft_entry where draft_id = ${earlier.id}`);
  await db.update(DraftRow, { id: earlier.id }, { sourceSha256 });
  return draftEdited(db, earlier, by, { action: 'draft-imported-again', details: { import: record.id } });
}

async function earlierDraft(db: EntityManager, { replaces }: ImportRecord): Promise<DraftRow | null> {
  const earlier = replaces === null ? null : await findImport(db, replaces);
  if (!earlier || isRefusal(earlier) || earlier.draftId === null) return null;
  const draft = await db.findOne(DraftRow, {
    where: { id: earlier.draftId },
    lock: { mode: 'pessimistic_write' },
  });
  return draft && transitions[draft.state].edit ? draft : null;
}
