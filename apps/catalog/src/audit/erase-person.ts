import type { DraftState, ImportState } from '#contracts';
import { refuse, run, sql, type Executor, type Refusal } from '#platform';
import { say } from '#words';
import { importStateInWords } from '../imports/files/how-it-stands.ts';
import { stateInWords } from '../review/states-in-words.ts';
import type { PersonId } from './person.ts';

const mostNamed = 20;

/**
 * Forgets who somebody was; what they did stays in the audit log under an id that names nobody. Whoever signs in again is
 * somebody else to us: so nobody erases themselves, and nobody is erased whose part in a draft still keeps them from
 * approving it.
 */
export async function erasePerson(db: Executor, id: PersonId, by: PersonId): Promise<PersonId | Refusal> {
  if (id === by)
    return refuse('self-erasure', {
      title: say`Nobody can erase themselves`,
      status: 409,
      detail: say`Ask another administrator.`,
    });
  const unfinished = await unfinishedWorkOf(db, id);
  if (unfinished.length > 0)
    return refuse('person-has-unfinished-work', {
      title: say`The person has a part in drafts or imports that are not finished`,
      status: 409,
      detail: say`Once erased, they could come back under a new id and approve their own work. Publish or discard these drafts and apply or stop these imports first.`,
      problems: unfinished.slice(0, mostNamed).map((work) => ({
        rule: 'work-unfinished',
        message:
          work.what === 'draft'
            ? say`The draft ${work.id} is ${stateInWords[work.state]}.`
            : say`The import ${work.id} is ${importStateInWords[work.state]}.`,
      })),
    });
  const rows = await run<{ id: PersonId }>(
    db,
    sql`update person set subject = null, name = null where id = ${id} returning id`,
  );
  if (rows.length === 0)
    return refuse('person-unknown', { title: say`There is no such person`, status: 404 });
  return id;
}

type Unfinished =
  | { readonly what: 'draft'; readonly id: string; readonly state: DraftState }
  | { readonly what: 'import'; readonly id: string; readonly state: ImportState };

/** Drafts that they edited or approved, and imports that they made, sent or decided (or those that these replace). */
function unfinishedWorkOf(db: Executor, person: PersonId): Promise<Unfinished[]> {
  return run(
    db,
    sql`
    with recursive line(id, state, of, replaces) as (
      select id, state, id, replaces from import where state not in ('applied', 'stopped')
      union select line.id, line.state, i.id, i.replaces from line join import i on i.id = line.replaces
    )
    select 'draft' as what, d.id, d.state from draft d
    where d.state not in ('published', 'discarded') and (
      exists (select from draft_editor e where e.draft_id = d.id and e.person_id = ${person})
      or exists (select from draft_approval a where a.draft_id = d.id and a.person_id = ${person}))
    union select 'import', line.id, line.state from line join import i on i.id = line.of
    where (line.id = i.id and ${person} in (i.created_by, i.sent_by))
      or exists (select from match_decision m where m.import_id = i.id and m.decided_by = ${person})
    order by what, id`,
  );
}
