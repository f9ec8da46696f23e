import { identifier, refuse, run, sql, type Executor, type Refusal } from '#platform';
import { say } from '#words';

/**
 * Brings the concepts of one edit back to what they were before it, or after it; null when done. Refused when something
 * that is not an edit (an import, a change of base) touched them since: that would be lost.
 */
export async function restoreOverlay(
  db: Executor,
  draftId: string,
  number: number,
  to: 'before' | 'after',
): Promise<Refusal | null> {
  const [target, present] = to === 'before' ? ['before', 'after'] : ['after', 'before'];
  const edit = sql`j.draft_id = ${draftId} and j.number = ${number}`;
  const [overtaken] = await run<{ id: string }>(
    db,
    sql`
    select j.concept_id as id from draft_edit_entry j
    left join draft_entry d on d.draft_id = j.draft_id and d.concept_id = j.concept_id
    where ${edit} and to_jsonb(d) is distinct from j.${identifier(present)} limit 1`,
  );
  if (overtaken)
    return refuse('edit-overtaken', {
      title: say`The entries of this edit were changed by something else since`,
      status: 409,
      detail: say`${overtaken.id} is not as the edit left it. Change it as you want it.`,
    });
  await run(
    db,
    sql`
    delete from draft_entry d using draft_edit_entry j
    where ${edit} and d.draft_id = j.draft_id and d.concept_id = j.concept_id`,
  );
  await run(
    db,
    sql`
    insert into draft_entry
    select r.* from draft_edit_entry j, jsonb_populate_record(null::draft_entry, j.${identifier(target)}) r
    where ${edit} and j.${identifier(target)} is not null`,
  );
  await run(
    db,
    sql`
    delete from draft_succession s using draft_edit_entry j
    where ${edit} and s.draft_id = j.draft_id and j.concept_id in (s.predecessor, s.successor)`,
  );
  await run(
    db,
    sql`
    insert into draft_succession (draft_id, predecessor, successor)
    select j.draft_id, link.predecessor, link.successor
    from draft_edit j, jsonb_to_recordset(j.${identifier(`links_${target}`)}) as link(predecessor uuid, successor uuid)
    where ${edit}`,
  );
  return null;
}
