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

/** @returns position of the first entry that does not continue the chain; null when all do */
export async function findBrokenEntry(db: Executor): Promise<number | null> {
  const [broken] = await run<{ position: number }>(
    db,
    sql`select position from (
          select a.position, row_number() over w as place, a.hash <> audit_hash(lag(a.hash) over w, a) as is_changed
          from audit a window w as (order by a.position)) entry
        where position <> place or is_changed order by position limit 1`,
  );
  return broken?.position ?? null;
}
