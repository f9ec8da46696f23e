import type { DataSource } from 'typeorm';
import { inTransaction, json, run, runCount, sql, type Executor } from '#platform';
import { targetRow, type DriverCabinet, type TargetRow } from '../delivery/driver-cabinet.ts';
import type { Stopped } from '../delivery/plan.ts';
import { renewSealed, type ClaimedSet } from './claim-sealed.ts';
import { loadSealedEntries } from './load-sealed-entries.ts';
import { refusedBy, type HeldBy } from './refused-by.ts';
import type { RefusedItem } from './schemas.ts';

const targetsAtOnce = 200;
/** Of one target; the rest is counted. */
const mostShown = 200;

/**
 * Rehearses a claimed set on all targets of its map, in groups of one profile. After each group it is noted how far it
 * came, so whoever comes after a kill goes on there. Nobody is asked, and no row that delivery writes is locked.
 * @param everyMs from the end of this rehearsal to the next one
 */
export async function rehearseSealed(
  db: DataSource,
  drivers: DriverCabinet,
  set: ClaimedSet,
  holder: string,
  everyMs: number,
  signal: AbortSignal,
): Promise<void> {
  const entries = await loadSealedEntries(db, set);
  while (!signal.aborted) {
    const group = await readNextTargets(db, set.id);
    const last = group.at(-1);
    if (!last) return finish(db, set.id, holder, everyMs);
    const found = new Map<string, readonly Stopped[]>();
    for (const alike of Map.groupBy(group, madeAs).values()) {
      const [example] = alike;
      const rules = example && (await drivers.rulesOf(example.address, example));
      if (!rules) continue;
      for (const [id, stopped] of await refusedBy(db, alike, set, entries, rules)) found.set(id, stopped);
    }
    const isOurs = await inTransaction(db, async (transaction) => {
      if (!(await renewSealed(transaction, set.id, holder))) return false;
      await writeRefused(transaction, set.id, group, found);
      await noteDone(transaction, set.id, last);
      return true;
    });
    if (!isOurs) return;
  }
}

interface NextTarget extends TargetRow, HeldBy {
  readonly profile: string;
  readonly address: string;
}

async function readNextTargets(executor: Executor, setId: string): Promise<NextTarget[]> {
  return run<NextTarget>(
    executor,
    sql`with left_over as (
          select t.* from target t join sealed_set s on s.id = ${setId} and s.scheme = t.scheme
          where t.listed and t.mode = 'on' and (t.profile_id, t.id) > (s.done_profile, s.done_target))
        select ${targetRow}, t.applied_revision as applied, p.id as profile, s.address
        from left_over t join profile p on p.id = t.profile_id join system s on s.id = t.system_id
        where t.profile_id = (select min(profile_id) from left_over)
        order by t.id limit ${targetsAtOnce}`,
  );
}

/** Equal for targets whose records are made in the same way. */
const madeAs = ({ driver, language, missingTitle, kind, policies, settings }: NextTarget): string =>
  JSON.stringify([driver, language, missingTitle, kind, policies, settings]);

async function writeRefused(
  transaction: Executor,
  setId: string,
  group: readonly NextTarget[],
  found: ReadonlyMap<string, readonly Stopped[]>,
): Promise<void> {
  const rows = [...found].flatMap(([id, stopped]) =>
    stopped.length === 0 ? [] : [{ id, refused: stopped.length, shown: firstByCode(stopped) }],
  );
  await runCount(
    transaction,
    sql`delete from sealed_refusal where set_id = ${setId} and target_id = any(${group.map(({ id }) => id)}::text[])`,
  );
  await runCount(
    transaction,
    sql`insert into sealed_refusal (set_id, target_id, refused, shown)
        select ${setId}, r.id, r.refused, r.shown
        from jsonb_to_recordset(${json(rows)}) as r(id text, refused int, shown jsonb)
          join target t on t.id = r.id`,
  );
}

function firstByCode(stopped: readonly Stopped[]): RefusedItem[] {
  return stopped
    .map(({ work: { code, title, conceptId }, class: is, reason }) => ({
      code,
      title,
      conceptId,
      class: is,
      reason,
    }))
    .toSorted((a, b) => (a.code < b.code ? -1 : +(a.code > b.code)))
    .slice(0, mostShown);
}

async function noteDone(transaction: Executor, setId: string, { profile, id }: NextTarget): Promise<void> {
  await runCount(
    transaction,
    sql`update sealed_set set done_profile = ${profile}, done_target = ${id} where id = ${setId}`,
  );
}

async function finish(executor: Executor, setId: string, holder: string, everyMs: number): Promise<void> {
  await runCount(
    executor,
    sql`update sealed_set set rehearsed_at = now(), due_at = now() + ${everyMs} * interval '1 millisecond',
          done_profile = '', done_target = ''
        where id = ${setId} and lease_holder = ${holder}`,
  );
}
