import { run, sql, type Executor } from '#platform';
import { z } from 'zod';
import { auditBody, auditHash, type AuditEntry } from './audit-entry.ts';
import { personFrom } from './person.ts';

export interface AuditRow {
  readonly position: number;
  readonly body: string;
  readonly hash: string;
}

/** Where and why the chain breaks first, or how far it holds. */
export type AuditVerdict =
  | { readonly holds: true; readonly entries: number; readonly head: string | null }
  | { readonly holds: false; readonly position: number; readonly reason: string };

const entrySchema = z.strictObject({
  position: z.int(),
  at: z.string(),
  actor: z.uuid().transform(personFrom),
  action: z.string(),
  subject: z.string(),
  details: z.record(z.string(), z.unknown()),
});

const rowsAtOnce = 5_000;

/** Reads the whole audit log and computes its chain anew. */
export async function verifyAudit(db: Executor): Promise<AuditVerdict> {
  let previous = { position: 0, hash: '' };
  for (;;) {
    const rows = await run<AuditRow>(
      db,
      sql`
      select position, body, encode(hash, 'hex') as hash from audit
      where position > ${previous.position} order by position limit ${rowsAtOnce}`,
    );
    for (const row of rows) {
      const reason = brokenBy(row, previous);
      if (reason) return { holds: false, position: row.position, reason };
      previous = row;
    }
    if (rows.length < rowsAtOnce)
      return { holds: true, entries: previous.position, head: previous.hash || null };
  }
}

/** Why an entry does not continue the chain; null when it does. */
export function brokenBy(row: AuditRow, previous: Pick<AuditRow, 'position' | 'hash'>): string | null {
  if (row.position !== previous.position + 1)
    return `entries ${previous.position + 1} to ${row.position - 1} are missing`;
  const entry = readEntry(row.body);
  if (!entry) return 'it is no entry of the audit log';
  if (entry.position !== row.position) return `it says that it is entry ${entry.position}`;
  if (auditBody(entry) !== row.body) return 'it is not canonical JSON';
  if (auditHash(previous.hash, row.body) !== row.hash)
    return 'its hash is not that of its words and the entry before: one of the two was changed';
  return null;
}

function readEntry(body: string): AuditEntry | null {
  try {
    return entrySchema.parse(JSON.parse(body));
  } catch {
    return null;
  }
}
