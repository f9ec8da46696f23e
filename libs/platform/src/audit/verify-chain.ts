import { createHash } from 'node:crypto';

/** An entry of an audit log as it was hashed. */
export interface AuditRow {
  /** From 1, without a gap. */
  readonly position: number;
  readonly body: string;
  /** 64 hexadecimal digits */
  readonly hash: string;
}

/** Where and why the chain breaks first, or how far it holds. */
export type AuditVerdict =
  | { readonly holds: true; readonly entries: number; readonly head: string | null }
  | { readonly holds: false; readonly position: number; readonly reason: string };

/** @param previous hash of the entry before, 64 hexadecimal digits; empty before the first */
export function chainHash(previous: string, body: string): string {
  return createHash('sha256').update(previous, 'hex').update(body, 'utf8').digest('hex');
}

/**
 * Reads a whole audit log and computes its chain anew.
 * @param next the entries after a position, in order, some at a time; none when there are no more
 * @param isNoEntry why a row says something that no entry can say; null where it is one
 */
export async function verifyChain(
  next: (after: number) => Promise<readonly AuditRow[]>,
  isNoEntry: (row: AuditRow) => string | null = () => null,
): Promise<AuditVerdict> {
  let previous = { position: 0, hash: '' };
  for (let rows = await next(0); rows.length > 0; rows = await next(previous.position))
    for (const row of rows) {
      const reason = brokenBy(row, previous) ?? isNoEntry(row);
      if (reason !== null) return { holds: false, position: row.position, reason };
      previous = row;
    }
  return { holds: true, entries: previous.position, head: previous.hash || null };
}

function brokenBy(row: AuditRow, previous: Pick<AuditRow, 'position' | 'hash'>): string | null {
  if (row.position !== previous.position + 1)
    return `entries ${previous.position + 1} to ${row.position - 1} are missing`;
  if (chainHash(previous.hash, row.body) !== row.hash)
    return 'its hash is not that of its words and the entry before: one of the two was changed';
  return null;
}
