import { run, sql, type Executor } from '#platform';
import type { AuditEntry } from './audit-entry.ts';

/** An entry with the hash that it gave the chain, 64 hexadecimal digits. */
export type ChainedEntry = AuditEntry & { readonly hash: string };

/** Entries after a position, in order. `next` is the position to go on after. */
export async function readAudit(
  db: Executor,
  { after, limit, subject }: { readonly after: number; readonly limit: number; readonly subject?: string },
): Promise<{ items: ChainedEntry[]; next: number | null }> {
  const rows = await run<{ entry: AuditEntry; hash: string }>(
    db,
    sql`
    select body::jsonb as entry, encode(hash, 'hex') as hash from audit
    where position > ${after} and (${subject ?? null}::text is null or subject = ${subject ?? null})
    order by position limit ${limit + 1}`,
  );
  const items = rows.slice(0, limit).map(({ entry, hash }) => ({ ...entry, hash }));
  return { items, next: rows.length > limit ? (items.at(-1)?.position ?? null) : null };
}
