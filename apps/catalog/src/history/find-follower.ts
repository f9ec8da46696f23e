import type { Edition } from '#contracts';
import { run, sql, type Executor } from '#platform';

/**
 * The lowest revision known, where a new edition was valid before it: then the edition can only be placed before that
 * revision, since nothing comes into force for a day before the revision that it follows. Null: any other edition.
 */
export async function findFollower(
  db: Executor,
  schemeId: string,
  { label, effectiveDate }: Pick<Edition, 'label' | 'effectiveDate'>,
): Promise<number | null> {
  const [follower] = await run<{ number: number }>(
    db,
    sql`
    select number from (select number, in_force_from from revision where scheme_id = ${schemeId} order by number limit 1) as lowest
    where in_force_from > ${effectiveDate}
      and not exists (select from edition where scheme_id = ${schemeId} and label = ${label})`,
  );
  return follower?.number ?? null;
}
