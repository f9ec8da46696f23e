import type { schemeSettingsSchema } from '#contracts';
import { inTransaction, isRefusal, run, sql, type Refusal } from '#platform';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { appendAudit } from '../audit/append-audit.ts';
import type { PersonId } from '../audit/person.ts';
import { SchemeRow } from '../database/entities/scheme.entity.ts';
import { findScheme } from './find-scheme.ts';

/**
 * Says how many people must approve a draft. More of them count for drafts that wait for approval already; fewer only for
 * what is submitted from then on, and what is approved stays so.
 */
export async function changeSettings(
  db: DataSource,
  scheme: string,
  settings: z.output<typeof schemeSettingsSchema>,
  by: PersonId,
): Promise<SchemeRow | Refusal> {
  return inTransaction(db, async (transaction) => {
    const found = await findScheme(transaction, scheme);
    if (isRefusal(found)) return found;
    await transaction.update(SchemeRow, { id: scheme }, settings);
    await run(
      transaction,
      sql`
      update draft set approvals_needed = ${settings.approvals}
      where scheme_id = ${scheme} and state = 'submitted' and approvals_needed < ${settings.approvals}`,
    );
    const act = { action: 'scheme-settings-changed', subject: `scheme/${scheme}` } as const;
    await appendAudit(transaction, { actor: by, ...act, details: settings });
    return transaction.findOneByOrFail(SchemeRow, { id: scheme });
  });
}
