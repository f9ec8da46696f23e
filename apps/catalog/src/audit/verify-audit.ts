import { verifyChain, type AuditRow, type AuditVerdict } from '#platform/audit';
import { z } from 'zod';
import { auditBody } from './audit-entry.ts';

const entrySchema = z.strictObject({
  position: z.int(),
  at: z.string(),
  actor: z.uuid(),
  action: z.string(),
  subject: z.string(),
  details: z.record(z.string(), z.unknown()),
});

/** Some entries after `$1`. */
const nextEntries = `select position::int as position, body, encode(hash, 'hex') as hash
  from catalog.audit where position > $1 order by position limit 5000`;

/**
 * Reads the whole audit log of a catalog and computes its chain anew.
 * @param query runs a statement with its values, and gives its rows
 */
export function verifyAudit(
  query: (text: string, values: readonly number[]) => Promise<AuditRow[]>,
): Promise<AuditVerdict> {
  return verifyChain((after) => query(nextEntries, [after]), isNoEntry);
}

function isNoEntry({ position, body }: AuditRow): string | null {
  const entry = readEntry(body);
  if (!entry) return 'it is no entry of the audit log';
  if (entry.position !== position) return `it says that it is entry ${entry.position}`;
  if (auditBody(entry) !== body) return 'it is not canonical JSON';
  return null;
}

function readEntry(body: string): z.output<typeof entrySchema> | null {
  try {
    return entrySchema.parse(JSON.parse(body));
  } catch {
    return null;
  }
}
