import { merkle, type Entry } from '#taxonomy';
import type { InForceEvent } from '#contracts';
import { json, run, runCount, sql, type Executor } from '#platform';
import { takeGround } from './take-ground.ts';
import { dropActs } from './drop-acts.ts';

/** A revision as the catalog has it now. */
export type Theirs = Pick<InForceEvent, 'revision' | 'contentHash' | 'changes' | 'base'>;

/**
 * Takes the replica back to a revision, because the catalog has another history from there on, or because the replica is
 * damaged. Revisions that the catalog still has, by number and hash, come again: what people decided of them stays, targets
 * that hold them keep them, and nothing is delivered before the replica holds them again. Of the others nothing stays, and
 * targets that hold one wait for a person. Call it in a transaction.
 * @param revision 0 empties the replica
 * @param personId in whose name it is audited that acts end
 */
export async function rollBack(
  transaction: Executor,
  scheme: string,
  revision: number,
  theirs: readonly Theirs[],
  personId: string,
): Promise<void> {
  await run(transaction, sql`select pg_advisory_xact_lock(hashtextextended(${`fold ${scheme}`}, 0))`);
  const { kept, taken, isOther, until } = await readTaken(transaction, scheme, revision, theirs);
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
    sql`delete from revision where scheme = ${scheme} and number > ${revision} and not number = any(${numbersOf(kept)}::int[])`,
    sql`update revision r set applied_at = null, problem = null, repair_at = null, received_at = now(),
          changes = k.changes, base_revision = k.base
        from jsonb_to_recordset(${json(kept)}) as k(number int, changes int, base int)
        where r.scheme = ${scheme} and r.number = k.number`,
    sql`delete from replica_repair where scheme = ${scheme}`,
    sql`insert into replica_repair select ${scheme}, ${until}::int where ${until}::int is not null`,
    sql`delete from node where scheme = ${scheme}`,
  ];
  for (const statement of statements) await runCount(transaction, statement);
  await rebuildNodes(transaction, scheme);
  if (taken) await takeGround(transaction, scheme, { revision, kept: numbersOf(kept), isOther });
  await dropActs(transaction, scheme, revision, numbersOf(kept), personId);
}

interface Kept {
  readonly number: number;
  readonly changes: number;
  readonly base: number | null;
}

const numbersOf = (kept: readonly Kept[]): number[] => kept.map(({ number }) => number);

interface Taken {
  /** Revisions beyond that the catalog has with the same hash, as it says them. */
  readonly kept: readonly Kept[];
  /** Whether the replica held, or is on its way back to, anything beyond the revision. */
  readonly taken: boolean;
  /** Whether any of that is no more. */
  readonly isOther: boolean;
  /** Highest of `kept` that the replica held; null: none. */
  readonly until: number | null;
}

async function readTaken(
  transaction: Executor,
  scheme: string,
  revision: number,
  theirs: readonly Theirs[],
): Promise<Taken> {
  const ours = await run<{ number: number; contentHash: string; wasHeld: boolean }>(
    transaction,
    sql`select number, content_hash as "contentHash",
          applied_at is not null or number <= coalesce(
            (select until_revision from replica_repair where scheme = ${scheme}), 0) as "wasHeld"
        from revision where scheme = ${scheme} and number > ${revision}`,
  );
  const theirsBy = new Map(theirs.map((each) => [each.revision, each]));
  const isSame = ({ number, contentHash }: (typeof ours)[number]): boolean =>
    theirsBy.get(number)?.contentHash === contentHash;
  const held = ours.filter(({ wasHeld }) => wasHeld);
  const comingBack = held.filter(isSame).map(({ number }) => number);
  return {
    kept: ours.filter(isSame).flatMap(({ number }) => {
      const same = theirsBy.get(number);
      return same ? [{ number, changes: same.changes, base: same.base?.revision ?? null }] : [];
    }),
    taken: held.length > 0,
    isOther: comingBack.length < held.length,
    until: comingBack.length > 0 ? Math.max(...comingBack) : null,
  };
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
