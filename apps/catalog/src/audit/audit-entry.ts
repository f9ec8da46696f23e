import canonicalize from 'canonicalize';
import type { PersonId } from './person.ts';

/** One act as the audit log keeps it. */
export interface AuditEntry {
  /** From 1, without a gap. */
  readonly position: number;
  readonly at: string;
  readonly actor: PersonId;
  /** `draft-submitted` */
  readonly action: string;
  /** What it was done to: `draft/<id>`, `scheme/<id>` */
  readonly subject: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Canonical JSON (RFC 8785), so that whoever has the entry has its bytes. */
export function auditBody(entry: Omit<AuditEntry, 'actor'> & { readonly actor: string }): string {
  return canonicalize(entry) ?? '';
}
