import type { TargetState } from '#contracts';
import { run, sql, type Executor, type Sql } from '#platform';
import type { TargetsSummary } from './schemas.ts';
import { matching, type TargetFilter } from './target-filter.ts';
import { targetStates } from './target-states.ts';

const columns = {
  system: sql`system_id`,
  profile: sql`profile_id`,
  organisation: sql`organisation_id`,
  driver: sql`driver`,
  wave: sql`wave::text`,
} as const satisfies Readonly<Record<string, Sql>>;
export type GroupedBy = keyof typeof columns;

/** How many targets are in which state, together and by group; targets are never listed. */
export async function summarise(
  executor: Executor,
  filter: TargetFilter,
  groupedBy: GroupedBy | null,
): Promise<TargetsSummary> {
  const group = groupedBy === null ? sql`null::text` : columns[groupedBy];
  const { state = null } = filter;
  const rows = await run<{ group: string | null; state: TargetState; count: number }>(
    executor,
    sql`select ${group} as "group", state, count(*)::int as count from (${targetStates(matching(filter))}) found
        where ${state}::text is null or state = ${state} group by 1, 2 order by 1, 2`,
  );
  const groups = Map.groupBy(rows, (row) => row.group);
  return {
    ...counted(rows),
    groups: [...groups].flatMap(([id, found]) => (id === null ? [] : [{ id, ...counted(found) }])),
  };
}

function counted(rows: readonly { readonly state: TargetState; readonly count: number }[]) {
  const states: Partial<Record<TargetState, number>> = {};
  for (const { state, count } of rows) states[state] = (states[state] ?? 0) + count;
  return { total: rows.reduce((sum, { count }) => sum + count, 0), states };
}
