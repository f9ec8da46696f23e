import { json, run, sql, type Executor } from '#platform';
import type { DecisionRecord } from './decision.ts';

/** Every decision about an import, and before them those about the imports that it replaces, in the order in which they were taken. */
export function readDecisions(db: Executor, importId: string): Promise<DecisionRecord[]> {
  return run<DecisionRecord>(
    db,
    sql`
    with recursive line(id, replaces, age) as (
      select id, replaces, 0 from import where id = ${importId}
      union all select i.id, i.replaces, age + 1 from line join import i on i.id = line.replaces
    )
    select d.subject, d.decision, d.act, d.why, d.decided_by as "decidedBy", d.decided_at as "decidedAt"
    from match_decision d join line on line.id = d.import_id order by line.age desc, d.id`,
  );
}

export async function appendDecisions(
  db: Executor,
  importId: string,
  records: readonly DecisionRecord[],
): Promise<void> {
  await run(
    db,
    sql`
    insert into match_decision (import_id, subject, decision, act, why, decided_by, decided_at)
    select ${importId}, subject, decision, act, why, "decidedBy", "decidedAt"
    from jsonb_to_recordset(${json(records)}) as r(subject text, decision jsonb, act jsonb, why text,
      "decidedBy" uuid, "decidedAt" timestamptz)`,
  );
}
