import { isRefusal, refuse, run, sql, type Refusal } from '#platform';
import { say } from '#words';
import type { EntityManager } from 'typeorm';
import { appendAudit } from '../../audit/append-audit.ts';
import type { PersonId } from '../../audit/person.ts';
import { findImport, type ImportRecord } from './import-record.ts';

/** Gives up an import: whoever reads its file notices, and its rows go. What is in a draft already stays there. */
export async function stopImport(
  db: EntityManager,
  id: string,
  by: PersonId,
): Promise<ImportRecord | Refusal> {
  const record = await findImport(db, id, 'lock');
  if (isRefusal(record)) return record;
  if (record.state === 'applied')
    return refuse('import-applied', {
      title: say`The import is in a draft already`,
      status: 409,
      detail: say`Give up the draft ${record.draftId ?? '?'} instead.`,
    });
  await run(db, sql`update import set state = 'stopped', attempt = null where id = ${id}`);
  await run(db, sql`delete from import_row where import_id = ${id}`);
  await appendAudit(db, { actor: by, action: 'import-stopped', subject: `import/${id}` });
  return findImport(db, id);
}
