import { chainHash, run, sql, type Executor } from '#platform';
import { auditBody, type AuditEntry } from './audit-entry.ts';

export type Act = Pick<AuditEntry, 'actor' | 'action' | 'subject'> & Partial<Pick<AuditEntry, 'details'>>;

/**
 * Writes an act to the audit log, in the caller's transaction: both happen or neither. Call it as the last step: the
 * chain is held until the commit.
 * @returns the hash of the chain's new head, 64 hexadecimal digits
 */
export async function appendAudit(
  db: Executor,
  { actor, action, subject, details = {} }: Act,
): Promise<string> {
  const [head] = await run<{ position: number | null; hash: string | null }>(
    db,
    sql`select position, encode(hash, 'hex') as hash from audit_head()`,
  );
  const position = (head?.position ?? 0) + 1;
  const body = auditBody({ position, at: new Date().toISOString(), actor, action, subject, details });
  const hash = chainHash(head?.hash ?? '', body);
  await run(
    db,
    sql`insert into audit (position, body, hash) values (${position}, ${body}, decode(${hash}, 'hex'))`,
  );
  return hash;
}
