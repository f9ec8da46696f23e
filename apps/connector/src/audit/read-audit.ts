import { run, sql, type Executor } from '#platform';

export interface AuditEntry {
  readonly position: number;
  readonly at: string;
  /** Random id. */
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly details: Readonly<Record<string, unknown>>;
  /** 64 hexadecimal digits; covers the hash of the entry before. */
  readonly hash: string;
}

/** Entries after a position, in order. `next` is the position to go on after. */
export async function readAudit(
  db: Executor,
  { after, limit, subject }: { readonly after: number; readonly limit: number; readonly subject?: string },
): Promise<{ items: AuditEntry[]; next: number | null }> {
  const rows = await run<Omit<AuditEntry, 'at'> & { at: Date }>(
    db,
    sql`select position, at, actor, action, subject, details, encode(hash, 'hex') as hash from audit
        where position > ${after} and (${subject ?? null}::text is null or subject = ${subject ?? null})
        order by position limit ${limit + 1}`,
  );
  const items = rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() }));
  return { items, next: rows.length > limit ? (items.at(-1)?.position ?? null) : null };
}
