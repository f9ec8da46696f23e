import { runCount, sql, type Executor } from '#platform';
import type { ConceptId } from '#taxonomy';
import { failsNotAlone } from './answers.ts';
import type { TargetOutcome } from './ledger.ts';

/** What a target no longer gives to the record that had it; the code is null where nobody knows which one that was. */
export interface Freed {
  readonly targetId: string;
  readonly code: string | null;
}

/**
 * Codes that records gave up, but for what was refused under them afterwards: that was not refused because of these records.
 * @param outcomes in their order
 */
export function freedBy(outcomes: readonly TargetOutcome[]): Freed[] {
  const freed = new Map<string, Freed>();
  for (const { targetId, outcome } of outcomes) {
    const { work, content, hash } = outcome.step;
    if (outcome.is === 'rejected') freed.delete(keyOf({ targetId, code: work.code }));
    if (outcome.is !== 'done' && outcome.is !== 'gone') continue;
    const { held, mayExist, resend, deletion, foundCode } = work;
    const isKnown = foundCode !== null || (held ? held.hash !== null : !mayExist);
    if ((resend || !isKnown) && hash !== null) note(freed, { targetId, code: null });
    if (held && (outcome.is === 'gone' || deletion === 'now' || held.code !== content.code))
      note(freed, { targetId, code: held.code });
    if (foundCode !== null && foundCode !== content.code) note(freed, { targetId, code: foundCode });
  }
  return [...freed.values()];
}

const keyOf = ({ targetId, code }: Freed): string => JSON.stringify([targetId, code]);
const note = (freed: Map<string, Freed>, each: Freed): void => void freed.set(keyOf(each), each);

interface Mended {
  readonly targetId: string;
  readonly conceptId: ConceptId;
}

/** Concepts whose records a drift check found, and that say again what they should. */
function mendedIn(outcomes: readonly TargetOutcome[]): Mended[] {
  return outcomes.flatMap(({ targetId, outcome: { is, step } }) =>
    is === 'done' && step.hash !== null && step.work.held && step.work.foundCode !== null
      ? [{ targetId, conceptId: step.work.conceptId }]
      : [],
  );
}

/**
 * What a target refused, perhaps because another record had the code, is due at once when that one gives it up; so is what stands below
 * a record that was mended, at any depth, because that may have stood below it. Not what it fails on, and others with it.
 */
export async function retryFreed(transaction: Executor, outcomes: readonly TargetOutcome[]): Promise<void> {
  const freed = freedBy(outcomes);
  const mended = mendedIn(outcomes);
  if (freed.length > 0) await retryCodes(transaction, freed);
  if (mended.length > 0) await retryBelow(transaction, mended);
}

/** Of what is stuck, `s`: the target refused it, and is not to be asked yet. */
export const isRefused = sql`s.class = 'rejected' and s.next_attempt_at > now() and ${failsNotAlone}`;

async function retryCodes(transaction: Executor, freed: readonly Freed[]): Promise<void> {
  const known = freed.filter(({ code }) => code !== null);
  const unknown = freed.filter(({ code }) => code === null);
  // Each of what is stuck is looked up among the codes, not compared with them.
  await runCount(
    transaction,
    sql`update stuck s set next_attempt_at = now()
        where s.target_id = any(${targetsOf(freed)}::text[]) and ${isRefused}
          and (s.target_id = any(${unknown.map(({ targetId }) => targetId)}::text[]) or (s.target_id, s.code) in (
            select * from unnest(${known.map(({ targetId }) => targetId)}::text[], ${known.map(({ code }) => code)}::text[])))`,
  );
}

/**
 * Goes up from what was refused, which is little as a rule, and not down from what was mended, below which may be the whole map. Each step
 * is looked up (`offset 0` keeps the two apart), because Postgres expects many more of them, and would read all entries for each level.
 */
async function retryBelow(transaction: Executor, mended: readonly Mended[]): Promise<void> {
  const targets = targetsOf(mended);
  await runCount(
    transaction,
    sql`with recursive above(concept, ancestor) as (
          select s.concept_id, s.concept_id from stuck s where s.target_id = any(${targets}::text[]) and ${isRefused}
          union
          select a.concept, e.parent_id from above a
            cross join lateral (select parent_id from entry where concept_id = a.ancestor and parent_id is not null offset 0) e)
        update stuck s set next_attempt_at = now()
        from above a join unnest(${mended.map(({ targetId }) => targetId)}::text[], ${mended.map(({ conceptId }) => conceptId)}::uuid[])
          as m(target, concept) on m.concept = a.ancestor
        where s.target_id = m.target and s.concept_id = a.concept and ${isRefused}`,
  );
}

const targetsOf = (some: readonly { readonly targetId: string }[]): string[] => [
  ...new Set(some.map(({ targetId }) => targetId)),
];
