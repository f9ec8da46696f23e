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

/** Concepts whose records a drift check found, and that say again what they should. */
function mendedIn(outcomes: readonly TargetOutcome[]): { targetId: string; conceptId: ConceptId }[] {
  return outcomes.flatMap(({ targetId, outcome: { is, step } }) =>
    is === 'done' && step.hash !== null && step.work.held && step.work.foundCode !== null
      ? [{ targetId, conceptId: step.work.conceptId }]
      : [],
  );
}

/**
 * What a target refused, perhaps because another record had the code, is due at once when that one gives it up; so is what stands below
 * a record that was mended. Not what it fails on, and others with it.
 */
export async function retryFreed(transaction: Executor, outcomes: readonly TargetOutcome[]): Promise<void> {
  const freed = freedBy(outcomes);
  const mended = mendedIn(outcomes);
  if (freed.length + mended.length === 0) return;
  const known = freed.filter(({ code }) => code !== null);
  const unknown = freed.filter(({ code }) => code === null);
  // Each of what is stuck is looked up among the codes, not compared with them.
  await runCount(
    transaction,
    sql`update stuck s set next_attempt_at = now()
        where s.target_id = any(${[...new Set([...freed, ...mended].map(({ targetId }) => targetId))]}::text[])
          and s.class = 'rejected' and s.next_attempt_at > now() and ${failsNotAlone}
          and (s.target_id = any(${unknown.map(({ targetId }) => targetId)}::text[]) or (s.target_id, s.code) in (
            select * from unnest(${known.map(({ targetId }) => targetId)}::text[], ${known.map(({ code }) => code)}::text[]))
            or (s.target_id, s.concept_id) in (
              select m.target, e.concept_id
              from unnest(${mended.map(({ targetId }) => targetId)}::text[], ${mended.map(({ conceptId }) => conceptId)}::uuid[]) as m(target, concept)
                join entry e on e.parent_id = m.concept))`,
  );
}
