import { inTransaction, json, run, runCount, sql, type Executor } from '#platform';
import { say, type Sentence } from '#words';
import { targetRow, type TargetRow } from '../delivery/driver-cabinet.ts';
import { systemAsJson } from '../delivery/system-lease.ts';
import type { Asked } from './ask-target.ts';
import { askTargets, type Asking, type ToAsk } from './ask-targets.ts';
import { renewSealed, type ClaimedSet } from './claim-sealed.ts';
import { foresee, type Foreseen, type HeldBy } from './foresee.ts';
import { loadSealedEntries } from './load-sealed-entries.ts';
import { readsAs, type Rehearsed } from './reads-as.ts';

const targetsAtOnce = 200;
/** The lease is renewed so often while targets are asked. */
const renewEveryMs = 10_000;

export interface Rehearsing {
  /** From the end of this rehearsal to the next one. */
  readonly everyMs: number;
  /** After so long another set has its turn; this one goes on later where it stopped. */
  readonly turnMs: number;
}

/**
 * Rehearses a claimed set on all targets of its map, in groups of one profile: what the planner of delivery foresees from
 * their ledgers, and what only they can tell. After each group it is noted how far it came, so whoever comes after a kill
 * goes on there. No row that delivery writes is locked, and nothing is changed at a target.
 */
export async function rehearseSealed(
  asking: Asking,
  set: ClaimedSet,
  holder: string,
  { everyMs, turnMs }: Rehearsing,
  signal: AbortSignal,
): Promise<void> {
  const { db, drivers } = asking;
  const entries = await loadSealedEntries(db, set);
  const until = performance.now() + turnMs;
  while (!signal.aborted && performance.now() < until) {
    const group = await readNextTargets(db, set.id);
    const last = group.at(-1);
    if (!last) return finish(db, set.id, holder, everyMs);
    const foreseen = new Map<string, Foreseen>();
    for (const alike of Map.groupBy(group, madeAs).values()) {
      const [example] = alike;
      const rules = example && (await drivers.rulesOf(example.system.address, example));
      if (!rules) continue;
      for (const [id, each] of await foresee(db, alike, set, entries, rules)) foreseen.set(id, each);
    }
    const toAsk = group.flatMap((target): ToAsk[] => {
      const own = foreseen.get(target.id);
      return own ? [{ ...target, codes: new Set(own.given.keys()) }] : [];
    });
    const goOn = renewing(db, set.id, holder);
    const asked = await askTargets(asking, toAsk, goOn, signal);
    if (!asked) return;
    const rehearsed = group.map((target) => rehearsedAs(target, foreseen, asked));
    const isOurs = await inTransaction(db, async (transaction) => {
      if (!(await renewSealed(transaction, set.id, holder))) return false;
      await writeRehearsed(transaction, set.id, rehearsed);
      await noteDone(transaction, set.id, last);
      return true;
    });
    if (!isOurs) return;
  }
}

/** @returns asked often, says whether the set is still ours */
function renewing(executor: Executor, setId: string, holder: string): () => Promise<boolean> {
  let renewedAt = performance.now();
  return async () => {
    if (performance.now() - renewedAt < renewEveryMs) return true;
    renewedAt = performance.now();
    return renewSealed(executor, setId, holder);
  };
}

interface NextTarget extends TargetRow, HeldBy, Omit<ToAsk, 'codes'> {
  readonly profile: string;
}

async function readNextTargets(executor: Executor, setId: string): Promise<NextTarget[]> {
  return run<NextTarget>(
    executor,
    sql`with left_over as (
          select t.* from target t join sealed_set s on s.id = ${setId} and s.scheme = t.scheme
          where t.listed and t.mode = 'on' and (t.profile_id, t.id) > (s.done_profile, s.done_target))
        select ${targetRow}, t.applied_revision as applied, p.id as profile, ${systemAsJson} as system,
          case when s.retry_at > now() then coalesce(s.reason, '') when t.retry_at > now() then coalesce(t.reason, '') end as rests
        from left_over t join profile p on p.id = t.profile_id join system s on s.id = t.system_id
        where t.profile_id = (select min(profile_id) from left_over)
        order by t.id limit ${targetsAtOnce}`,
  );
}

/** Equal for targets whose records are made in the same way. */
const madeAs = ({ driver, language, missingTitle, kind, policies, settings }: NextTarget): string =>
  JSON.stringify([driver, language, missingTitle, kind, policies, settings]);

function rehearsedAs(
  { id, driver }: NextTarget,
  foreseen: ReadonlyMap<string, Foreseen>,
  asked: ReadonlyMap<string, Asked>,
): Rehearsed & { readonly id: string } {
  const [own, answer] = [foreseen.get(id), asked.get(id)];
  if (own && answer) return { id, ...readsAs(own, answer) };
  return { id, items: [], reason: unfit(driver), notRehearsed: null };
}

const unfit = (driver: string): Sentence =>
  say`its settings do not fit the driver "${driver}"; mend its profile in the targets file`;

/** Of one target; the rest is counted. */
const mostShown = 200;

async function writeRehearsed(
  transaction: Executor,
  setId: string,
  rehearsed: readonly (Rehearsed & { readonly id: string })[],
): Promise<void> {
  const rows = rehearsed.flatMap(({ id, items, reason, notRehearsed }) =>
    items.length === 0 && reason === null && notRehearsed === null
      ? []
      : [{ id, refused: items.length, shown: items.slice(0, mostShown), reason, notRehearsed }],
  );
  await runCount(
    transaction,
    sql`delete from sealed_refusal where set_id = ${setId} and target_id = any(${rehearsed.map(({ id }) => id)}::text[])`,
  );
  await runCount(
    transaction,
    sql`insert into sealed_refusal (set_id, target_id, refused, shown, reason, not_rehearsed)
        select ${setId}, r.id, r.refused, r.shown, r.reason, r."notRehearsed"
        from jsonb_to_recordset(${json(rows)}) as r(id text, refused int, shown jsonb, reason jsonb, "notRehearsed" jsonb)
          join target t on t.id = r.id`,
  );
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
