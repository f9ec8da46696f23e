import type { DataSource } from 'typeorm';
import { inTransaction, json, run, runCount, sql, type Executor } from '#platform';
import type { CatalogClient, ListedSet } from '../intake/catalog-client.ts';

/** Makes what is known of sealed sets equal to what the catalog lists, for every map that a target has. */
export async function followSealed(
  db: DataSource,
  catalog: Pick<CatalogClient, 'sealed'>,
  signal: AbortSignal,
): Promise<void> {
  const schemes = await run<{ scheme: string }>(
    db,
    sql`select scheme from target where listed union select scheme from sealed_set`,
  );
  for (const { scheme } of schemes) {
    const listed = await catalog.sealed(scheme, signal);
    await inTransaction(db, (transaction) => keep(transaction, scheme, listed));
  }
}

/** A set that is withdrawn, in force, or stands on another map now, is forgotten with all that was said of it. */
async function keep(transaction: Executor, scheme: string, listed: readonly ListedSet[]): Promise<void> {
  const rows = listed.map((set, place) => ({ ...set, place }));
  const given = sql`jsonb_to_recordset(${json(rows)}) as l(
    set uuid, place int, edition text, "effectiveDate" date, changes int, "contentHash" text, "baseHash" text)`;
  await runCount(
    transaction,
    sql`delete from sealed_set s where s.scheme = ${scheme} and not exists (
          select from ${given} where l.set = s.id and l."contentHash" = s.content_hash and l."baseHash" = s.base_hash
            and l."effectiveDate" = s.effective_date and l.changes = s.changes)`,
  );
  await runCount(
    transaction,
    sql`insert into sealed_set as s (id, scheme, place, edition, effective_date, changes, content_hash, base_hash)
        select l.set, ${scheme}, l.place, l.edition, l."effectiveDate", l.changes, l."contentHash", l."baseHash" from ${given}
        on conflict (id) do update set place = excluded.place, edition = excluded.edition
          where (s.place, s.edition) <> (excluded.place, excluded.edition)`,
  );
}
