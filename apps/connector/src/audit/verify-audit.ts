import { verifyChain, type AuditRow, type AuditVerdict } from '#platform/audit';

/** Some entries after `$1`, with the words of which `audit_hash` of migration 0005 makes the hash. */
const nextEntries = `
  select position::int as position, encode(hash, 'hex') as hash,
    jsonb_build_array(position, extract(epoch from at), actor, action, subject, details)::text as body
  from connector.audit where position > $1 order by position limit 5000`;

/**
 * Reads the whole audit log of a connector and computes its chain anew, outside of the database.
 * @param query runs a statement with its values, and gives its rows
 */
export function verifyAudit(
  query: (text: string, values: readonly number[]) => Promise<AuditRow[]>,
): Promise<AuditVerdict> {
  return verifyChain((after) => query(nextEntries, [after]));
}
