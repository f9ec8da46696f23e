import { run, sql, type Executor } from '#platform';
import type { ConceptId } from '#taxonomy';
import type { PersonId } from '../audit/person.ts';

/** Older edits are forgotten: what can be taken back is bounded in edits, and in states of concepts. */
const maxEdits = 100;
const maxConcepts = 200_000;

export interface JournaledEdit {
  readonly draftId: string;
  readonly by: PersonId;
  readonly action: string;
  readonly concepts: readonly ConceptId[];
}

/** Makes a change of a draft and remembers what it did to these concepts. What was undone before cannot be redone after. */
export async function journal(db: Executor, edit: JournaledEdit, change: () => Promise<void>): Promise<void> {
  const { draftId, by, action, concepts } = edit;
  await run(db, sql`delete from draft_edit where draft_id = ${draftId} and undone`);
  const [opened] = await run<{ number: number }>(
    db,
    sql`
    insert into draft_edit (draft_id, number, action, person_id, concepts, links_before)
    select ${draftId}::uuid, coalesce(max(number), 0) + 1, ${action}, ${by}::uuid, ${concepts.length}, (${linksOf(draftId, concepts)})
    from draft_edit where draft_id = ${draftId}
    returning number`,
  );
  const number = opened?.number ?? 0;
  const states = await readStates(db, draftId, concepts);
  await change();
  await run(
    db,
    sql`
    insert into draft_edit_entry (draft_id, number, concept_id, before, after)
    select ${draftId}::uuid, ${number}, touched.id, touched.before::jsonb, to_jsonb(d)
    from unnest(${states.map(({ id }) => id)}::uuid[], ${states.map(({ state }) => state)}::text[]) as touched(id, before)
    left join draft_entry d on d.draft_id = ${draftId} and d.concept_id = touched.id`,
  );
  await run(
    db,
    sql`
    update draft_edit set links_after = (${linksOf(draftId, concepts)})
    where draft_id = ${draftId} and number = ${number}`,
  );
  await forgetOldest(db, draftId);
}

/** Rows of these concepts in a draft, as JSON texts; null where the draft says nothing of one. */
function readStates(
  db: Executor,
  draftId: string,
  concepts: readonly ConceptId[],
): Promise<{ id: ConceptId; state: string | null }[]> {
  return run(
    db,
    sql`
    select touched.id, to_jsonb(d)::text as state from unnest(${concepts}::uuid[]) as touched(id)
    left join draft_entry d on d.draft_id = ${draftId} and d.concept_id = touched.id`,
  );
}

/** Successions of a draft in which these concepts have a part, as a JSON array. */
function linksOf(draftId: string, concepts: readonly ConceptId[]) {
  return sql`
    select coalesce(jsonb_agg(jsonb_build_object('predecessor', s.predecessor, 'successor', s.successor)
      order by s.predecessor, s.successor), '[]')
    from draft_succession s
    where s.draft_id = ${draftId} and (s.predecessor = any(${concepts}::uuid[]) or s.successor = any(${concepts}::uuid[]))`;
}

async function forgetOldest(db: Executor, draftId: string): Promise<void> {
  await run(
    db,
    sql`
    delete from draft_edit using (
      select number, row_number() over newest as edits, sum(concepts) over newest as concepts
      from draft_edit where draft_id = ${draftId} window newest as (order by number desc)
    ) as later
    where draft_edit.draft_id = ${draftId} and draft_edit.number = later.number
      and (later.edits > ${maxEdits} or later.concepts > ${maxConcepts})`,
  );
}
