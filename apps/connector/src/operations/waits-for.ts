import type { WaitsFor } from '#contracts';
import { sql, type Sql } from '#platform';
import { say, type Sentence } from '#words';

/** What holds a revision back from a target for which it is due. */
export interface HeldBack {
  readonly revision: number;
  /** The revision it is pinned to. */
  readonly pinned: number | null;
  readonly wave: number;
  /** How many waves the revision reaches. */
  readonly reached: number;
  /** The day from which its organisation adopts it by an act, `YYYY-MM-DD`. */
  readonly adoptedFrom: string | null;
}

/**
 * The newest revision that is due for targets, held back or not.
 * @param shown rows of `targetStates`
 */
export const dueFor = (shown: Sql): Sql => sql`
  select each.scheme, each.offset_days, max(r.number) as number
  from (select distinct s.scheme, p.offset_days from ${shown} s join profile p on p.id = s.profile_id) each
    join revision r on r.scheme = each.scheme and r.effective_date <= (now() at time zone 'Europe/Rome')::date - each.offset_days
  group by each.scheme, each.offset_days`;

export interface SeenWaitsFor extends Omit<WaitsFor, 'reason'> {
  readonly reason: Sentence;
}

/** Which act it waits for: an end of the pin, a wave, an adoption; the first of them. */
export function waitsFor(held: HeldBack | null): SeenWaitsFor | null {
  if (held === null) return null;
  const { revision, pinned, wave, reached, adoptedFrom } = held;
  if (pinned !== null) {
    const reason = say`revision ${revision} is due, and it is pinned to revision ${pinned}`;
    return { revision, act: 'pin', reason };
  }
  if (wave > reached) {
    const reason = say`revision ${revision} is due, and reaches ${reached} of the waves; its organisation is in wave ${wave}`;
    return { revision, wave, reason };
  }
  const reason =
    adoptedFrom === null
      ? say`revision ${revision} is due, and its organisation adopts only by an act, which lacks`
      : say`revision ${revision} is due, and its organisation adopts it from ${adoptedFrom} on`;
  return { revision, act: 'adoption', reason };
}
