import type { DataSource } from 'typeorm';
import { nextEntries, verifyChain, type AuditRow, type AuditVerdict } from './verify-chain.ts';

/** Reads the whole audit log of a catalog and computes its chain anew. */
export function verifyAudit(db: DataSource): Promise<AuditVerdict> {
  return verifyChain((after) => db.query<AuditRow[]>(nextEntries, [after]));
}
