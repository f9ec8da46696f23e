import type { ChangeEvent } from '#contracts';
import { run, sql, type Executor } from '#platform';

/** Changes of a revision as their events were sent, from the change log. `next` is the index to go on after. */
export async function readChanges(
  db: Executor,
  schemeId: string,
  number: number,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<{ items: ChangeEvent[]; next: number | null }> {
  const rows = await run<{ event: ChangeEvent }>(
    db,
    sql`
    select head::jsonb || jsonb_build_object('before', before::jsonb, 'after', after::jsonb) as event
    from change_log where scheme_id = ${schemeId} and revision = ${number} and index > ${after}
    order by index limit ${limit + 1}`,
  );
  const items = rows.slice(0, limit).map(({ event }) => event);
  return { items, next: rows.length > limit ? (items.at(-1)?.index ?? null) : null };
}
