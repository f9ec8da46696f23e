import type { z } from 'zod';
import { refuse, run, runCount, sql, type Executor, type Refusal } from '#platform';
import { say, type Sentence } from '#words';
import type { RefusedEntry } from './reads-as.ts';
import type { rehearsalQuery, SealedRehearsal, SealedSet } from './schemas.ts';

/** Of targets that are listed still. */
const refusals = sql`(select * from sealed_refusal where target_id in (select id from target where listed)) r`;

/** The sealed sets of a map by id, or all, in the order in which they come into force. */
export async function readSealedSets(executor: Executor, set: string | null = null): Promise<SealedSet[]> {
  const rows = await run<Omit<SealedSet, 'rehearsedAt'> & { readonly rehearsedAt: Date | null }>(
    executor,
    sql`select s.id as set, s.scheme, s.edition, s.effective_date as "effectiveDate", s.changes, s.content_hash as "contentHash",
          s.rehearsed_at as "rehearsedAt", (select count(*)::int from ${refusals} where r.set_id = s.id and (r.refused > 0 or r.reason is not null)) as refusing,
          (select count(*)::int from ${refusals} where r.set_id = s.id and r.not_rehearsed is not null) as "notRehearsed"
        from sealed_set s where ${set}::uuid is null or s.id = ${set} order by s.scheme, s.place`,
  );
  return rows.map(({ rehearsedAt, ...row }) => ({ ...row, rehearsedAt: rehearsedAt?.toISOString() ?? null }));
}

interface SeenTarget extends Pick<SealedRehearsal['targets'][number], 'target' | 'refused'> {
  readonly shown: RefusedEntry[];
  readonly reason: Sentence | string | null;
  readonly notRehearsed: Sentence | null;
}

/** What it would refuse is said in a language at the edge. */
export interface SeenRehearsal extends Omit<SealedRehearsal, 'targets'> {
  readonly targets: SeenTarget[];
}

/** A page of the targets that would refuse something of a sealed set, or were not rehearsed, by id. */
export async function readSealedRehearsal(
  executor: Executor,
  setId: string,
  { cursor = '', limit }: z.output<typeof rehearsalQuery>,
): Promise<SeenRehearsal | Refusal> {
  const [set] = await readSealedSets(executor, setId);
  if (!set) return unknownSet(setId);
  const rows = await run<SeenTarget>(
    executor,
    sql`select target_id as target, refused, shown, reason, not_rehearsed as "notRehearsed" from ${refusals}
        where set_id = ${setId} and target_id > ${cursor} order by target_id limit ${limit + 1}`,
  );
  const targets = rows.slice(0, limit);
  return { ...set, targets, next: rows.length > limit ? (targets.at(-1)?.target ?? null) : null };
}

/** The next rehearsal begins at once, from the first target; whoever is at one loses its lease. */
export async function rehearseNow(transaction: Executor, setId: string): Promise<Refusal | null> {
  const found = await runCount(
    transaction,
    sql`update sealed_set set due_at = now(), done_profile = '', done_target = '', lease_holder = null, lease_until = null
        where id = ${setId}`,
  );
  return found > 0 ? null : unknownSet(setId);
}

function unknownSet(setId: string): Refusal {
  return refuse('sealed-set-unknown', {
    status: 404,
    title: say`No such sealed set`,
    detail: say`"${setId}" is withdrawn, in force, or was never sealed.`,
  });
}
