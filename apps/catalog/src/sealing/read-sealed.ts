import { refuse, run, sql, type Executor, type Refusal } from '#platform';
import type { ReleasedSet } from '#contracts';
import type { Change } from '#taxonomy';
import { say } from '#words';

const mostReleased = 100;

/** A sealed set as readers see it. */
export interface SealedView {
  readonly scheme: string;
  readonly set: string;
  readonly effectiveDate: string;
  readonly edition: string;
  readonly changes: number;
  readonly contentHash: string;
  readonly baseHash: string;
  readonly changesAt: string;
}

export function readSealedViews(db: Executor, schemeId: string): Promise<SealedView[]> {
  return run<SealedView>(
    db,
    sql`
    select scheme_id as scheme, id as set, effective_date as "effectiveDate", coalesce(sealed_edition, edition ->> 'label') as edition,
      (select count(*) from sealed_change c where c.draft_id = d.id) as changes,
      encode(sealed_hash, 'hex') as "contentHash", encode(sealed_on, 'hex') as "baseHash",
      '/api/v1/schemes/' || scheme_id || '/sealed/' || id || '/changes' as "changesAt"
    from draft d where scheme_id = ${schemeId} and state = 'sealed' order by effective_date, seal_position`,
  );
}

/** Sets that were sealed and are not any more, nor in force or given up: a person has to look at them. The last to leave first. */
export function readReleased(db: Executor, schemeId: string): Promise<ReleasedSet[]> {
  return run<ReleasedSet>(
    db,
    sql`
    with told as (
      select position, kind, head::jsonb as event from change_log
      where scheme_id = ${schemeId} and kind in ('sealed', 'resealed', 'withdrawn')
    ), last as (
      select distinct on (event ->> 'set') position, kind, event from told order by event ->> 'set', position desc
    )
    select d.id as set, l.event ->> 'effectiveDate' as "effectiveDate", l.event ->> 'reason' as reason,
      l.event ->> 'withdrawnAt' as "withdrawnAt", d.edition ->> 'label' as edition, d.state
    from last l join draft d on d.id = (l.event ->> 'set')::uuid
    where l.kind = 'withdrawn' and d.state not in ('sealed', 'published', 'discarded')
    order by l.position desc limit ${mostReleased}`,
  );
}

/** Changes in the order of the change set. `next` is the index to go on after. */
export async function readSealedChanges(
  db: Executor,
  schemeId: string,
  set: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<{ items: Change[]; next: number | null } | Refusal> {
  const rows = await run<{ index: number; change: Change }>(
    db,
    sql`
    select c.index, c.change from sealed_change c
    join draft d on d.id = c.draft_id and d.scheme_id = ${schemeId} and d.state = 'sealed'
    where c.draft_id = ${set} and c.index > ${after} order by c.index limit ${limit + 1}`,
  );
  if (rows.length === 0 && after === 0)
    return refuse('sealed-set-unknown', { title: say`There is no such sealed set`, status: 404 });
  const items = rows.slice(0, limit);
  return {
    items: items.map(({ change }) => change),
    next: rows.length > limit ? (items.at(-1)?.index ?? null) : null,
  };
}
