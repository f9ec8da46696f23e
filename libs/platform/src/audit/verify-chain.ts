import { createHash } from 'node:crypto';
import { say, type Sentence } from '#words';

/** An entry of an audit log as it was hashed. */
export interface AuditRow {
  /** From 1, without a gap. */
  readonly position: number;
  readonly body: string;
  /** 64 hexadecimal digits */
  readonly hash: string;
}

/** What is kept elsewhere of an audit log: the hash of one of its entries, which a log that was cut short does not have. */
export interface AuditWitness {
  readonly hash: string;
  /** Who has it: `Revision 3 of processi-camerali` */
  readonly who: Sentence;
}

/** Where and why the chain breaks first, or how far it holds. */
export type AuditVerdict =
  | { readonly holds: true; readonly entries: number; readonly head: string | null }
  | { readonly holds: false; readonly position: number; readonly reason: Sentence };

/** Runs a statement with its values, and gives its rows. */
export type AskAuditDatabase = <Row extends object>(
  text: string,
  values: readonly unknown[],
) => Promise<Row[]>;

/** @param previous hash of the entry before, 64 hexadecimal digits; empty before the first */
export function chainHash(previous: string, body: string): string {
  return createHash('sha256').update(previous, 'hex').update(body, 'utf8').digest('hex');
}

interface Expected {
  /** Hashes that must be met on the way. */
  readonly witnesses?: readonly AuditWitness[];
  /** Why a row says something that no entry can say; null where it is one. */
  readonly isNoEntry?: (row: AuditRow) => Sentence | null;
}

/**
 * Reads a whole audit log and computes its chain anew. A chain alone still holds when its last entries are gone; who
 * has the hash of one of them tells.
 * @param next the entries after a position, in order, some at a time; none when there are no more
 */
export async function verifyChain(
  next: (after: number) => Promise<readonly AuditRow[]>,
  { witnesses = [], isNoEntry = () => null }: Expected = {},
): Promise<AuditVerdict> {
  const unmet = new Map(witnesses.map(({ hash, who }) => [hash, who]));
  let previous = { position: 0, hash: '' };
  for (let rows = await next(0); rows.length > 0; rows = await next(previous.position))
    for (const row of rows) {
      const reason = brokenBy(row, previous) ?? isNoEntry(row);
      if (reason !== null) return { holds: false, position: row.position, reason };
      unmet.delete(row.hash);
      previous = row;
    }
  for (const [hash, who] of unmet)
    return { holds: false, position: previous.position + 1, reason: cut(who, hash) };
  return { holds: true, entries: previous.position, head: previous.hash || null };
}

function brokenBy(row: AuditRow, previous: Pick<AuditRow, 'position' | 'hash'>): Sentence | null {
  if (row.position !== previous.position + 1)
    return say`entries ${previous.position + 1} to ${row.position - 1} are missing`;
  if (chainHash(previous.hash, row.body) !== row.hash)
    return say`its hash is not that of its words and the entry before: one of the two was changed`;
  return null;
}

const cut = (who: Sentence, hash: string): Sentence =>
  say`${who} knows an entry with the hash ${hash}, which no entry has: the last ones were removed, or the log was written anew`;
