import { z } from 'zod';
import { auditBody, auditHash } from './audit-entry.ts';

export interface AuditRow {
  readonly position: number;
  readonly body: string;
  readonly hash: string;
}

const entrySchema = z.strictObject({
  position: z.int(),
  at: z.string(),
  actor: z.uuid(),
  action: z.string(),
  subject: z.string(),
  details: z.record(z.string(), z.unknown()),
});

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

function readEntry(body: string): z.output<typeof entrySchema> | null {
  try {
    return entrySchema.parse(JSON.parse(body));
  } catch {
    return null;
  }
}

/** Where and why the chain breaks first, or how far it holds. */
export type AuditVerdict =
  | { readonly holds: true; readonly entries: number; readonly head: string | null }
  | { readonly holds: false; readonly position: number; readonly reason: string };

/**
 * Reads the whole audit log and computes its chain anew.
 * @param next the entries after a position, in order, some at a time; none when there are no more
 */
export async function verifyChain(next: (after: number) => Promise<AuditRow[]>): Promise<AuditVerdict> {
  let previous = { position: 0, hash: '' };
  for (let rows = await next(0); rows.length > 0; rows = await next(previous.position))
    for (const row of rows) {
      const reason = brokenBy(row, previous);
      if (reason) return { holds: false, position: row.position, reason };
      previous = row;
    }
  return { holds: true, entries: previous.position, head: previous.hash || null };
}

/** Text of the statement that gives the entries after `$1`. */
export const nextEntries = `select position::int as position, body, encode(hash, 'hex') as hash
  from catalog.audit where position > $1 order by position limit 5000`;
