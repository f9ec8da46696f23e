import type { DataSource } from 'typeorm';
import { inTransaction, json, runCount, sql } from '#platform';
import type { CatalogClient } from '../intake/catalog-client.ts';
import { renewSealed, type ClaimedSet } from './claim-sealed.ts';

/**
 * Fetches the changes of a claimed set, page by page, in place of what an interrupted attempt left.
 * @throws when the catalog does not answer, or with another number of changes than it said: the set changed meanwhile
 */
export async function fetchChanges(
  db: DataSource,
  catalog: Pick<CatalogClient, 'sealedChanges'>,
  { id, scheme }: ClaimedSet,
  holder: string,
  signal: AbortSignal,
): Promise<void> {
  await runCount(db, sql`delete from sealed_change where set_id = ${id}`);
  let index = 0;
  for await (const page of catalog.sealedChanges(scheme, id, signal)) {
    const rows = page.map(({ conceptId, before, after }) => ({ index: ++index, conceptId, before, after }));
    const isOurs = await inTransaction(db, async (transaction) => {
      if (!(await renewSealed(transaction, id, holder))) return false;
      await runCount(
        transaction,
        sql`insert into sealed_change (set_id, index, concept_id, before, after)
            select ${id}, c.index, c."conceptId", nullif(c.before, 'null'), nullif(c.after, 'null')
            from jsonb_to_recordset(${json(rows)}) as c(index int, "conceptId" uuid, before jsonb, after jsonb)`,
      );
      return true;
    });
    if (!isOurs) return;
  }
  const complete = await runCount(
    db,
    sql`update sealed_set set is_fetched = true
        where id = ${id} and lease_holder = ${holder} and changes = ${index}`,
  );
  if (complete === 0) throw new Error(`the catalog gave ${index} changes of the sealed set ${id}`);
}
