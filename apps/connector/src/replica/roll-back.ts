import { merkle, type Entry } from '#taxonomy';
import { run, runCount, sql, type Executor } from '#platform';

/**
 * Takes the replica back to a revision, because the catalog has another history from there on, or because the
 * replica is damaged. Targets that are ahead of it are compared in full on their next turn. Call it in a transaction.
 * @param revision 0 empties the replica
 */
export async function rollBack(transaction: Executor, scheme: string, revision: number): Promise<void> {
  await run(transaction, sql`select pg_advisory_xact_lock(hashtextextended(${`fold ${scheme}`}, 0))`);
  const statements = [
    sql`insert into withdrawn_entry (concept_id, scheme, code, parent_id, level, titles, withdrawn_on)
        select distinct on (concept_id) concept_id, scheme, code, parent_id, level, titles, (now() at time zone 'Europe/Rome')::date
        from entry where scheme = ${scheme} and from_revision > ${revision} and code is not null
        order by concept_id, from_revision desc
        on conflict (concept_id) do update set code = excluded.code, parent_id = excluded.parent_id,
          level = excluded.level, titles = excluded.titles, withdrawn_on = excluded.withdrawn_on`,
    sql`delete from entry where scheme = ${scheme} and from_revision > ${revision}`,
    sql`update entry set to_revision = null where scheme = ${scheme} and to_revision > ${revision}`,
    sql`delete from received_change where scheme = ${scheme} and revision > ${revision}`,
    sql`delete from succession where scheme = ${scheme} and revision > ${revision}`,
    sql`delete from revision where scheme = ${scheme} and number > ${revision}`,
    // What was decided of revisions that are no more does not hold for others of their number.
    sql`delete from adoption where scheme = ${scheme} and revision > ${revision}`,
    sql`delete from rollout where scheme = ${scheme} and revision > ${revision}`,
    sql`update target set applied_revision = 0, in_step = false, resets = resets + 1,
          attempting = case when attempting is not null then 0 end where scheme = ${scheme} and applied_revision > ${revision}`,
    sql`delete from node where scheme = ${scheme}`,
  ];
  for (const statement of statements) await runCount(transaction, statement);
  await rebuildNodes(transaction, scheme);
}

async function rebuildNodes(transaction: Executor, scheme: string): Promise<void> {
  const entries = await run<Entry>(
    transaction,
    sql`select concept_id as "conceptId", code, parent_id as "parentId", rank, titles, notes, attributes
        from entry where scheme = ${scheme} and to_revision is null`,
  );
  const { nodes } = merkle(scheme, entries);
  await runCount(
    transaction,
    sql`insert into node (scheme, concept_id, hash)
        select ${scheme}, * from unnest(${[...nodes.keys()]}::uuid[], ${[...nodes.values()]}::text[])`,
  );
}
