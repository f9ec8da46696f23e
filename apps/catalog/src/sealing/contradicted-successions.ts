import { run, sql, type Executor, type Sql } from '#platform';
import { groupLinks, type ConceptId, type Entries, type Successions } from '#taxonomy';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import type { Overlay } from '../drafts/overlay.ts';
import type { DraftConflict } from './conflicts.ts';

/** The field of such a conflict; its values are lists of concept ids, none where nobody takes the place. */
export const successorsField = 'successors';

/** Entries that ended, each with whoever took its place: none where nobody did. */
export type Ended = ReadonlyMap<ConceptId, readonly ConceptId[]>;

/** Of the entries that a draft changes, retires, or names as predecessors: those that ended, for good, since its base. */
export function readEndedSince(
  db: Executor,
  { id: draftId, baseRevision }: Pick<DraftRow, 'id' | 'baseRevision'>,
): Promise<Ended> {
  const named = sql`
    select predecessor from draft_succession where draft_id = ${draftId}
    union select concept_id from draft_entry where draft_id = ${draftId}`;
  return readEnded(db, named, baseRevision);
}

/** Of these entries: those that ended, for good, since a revision. */
export function readEndedOf(db: Executor, ids: Iterable<ConceptId>, since: number | null): Promise<Ended> {
  return readEnded(db, sql`select distinct unnest(${[...ids]}::uuid[])`, since);
}

async function readEnded(db: Executor, named: Sql, since: number | null): Promise<Ended> {
  const rows = await run<{ id: ConceptId; successors: ConceptId[] }>(
    db,
    sql`
    select named.id, array_remove(array_agg(s.successor), null) as successors
    from (${named}) as named(id)
      cross join lateral (
        select max(e.to_revision) as revision from entry e where e.concept_id = named.id
        having count(*) = count(e.to_revision)) as ended
      left join succession s on s.predecessor = named.id and s.revision = ended.revision
    where ended.revision > ${since ?? 0}
    group by named.id`,
  );
  return new Map(rows.map(({ id, successors }) => [id, successors]));
}

/**
 * Entries of which a draft says one thing and the map that it is brought onto another: they have ended there, and others
 * took their places, or nobody did. Published as it is, the draft would make a split of the two that nobody decided.
 * @param before entries that the draft touches, as they were in its base
 * @param base the map that it is brought onto, with who took places in it
 */
export function contradictedSuccessions(
  { entries, retired, successions }: Overlay,
  before: Entries,
  base: Entries,
  taken: Ended,
): DraftConflict[] {
  const own = groupLinks(successions.links, 'predecessor');
  const ended = [...new Set([...own.keys(), ...retired])].filter((id) => !base.has(id) && !entries.has(id));
  return ended.flatMap((conceptId) => {
    const [mine, theirs] = [namesOf(own, conceptId), namesOf(taken, conceptId)];
    const isDecided = mine.length > 0 || successions.decidedNone.has(conceptId);
    const wasThere = before.has(conceptId) || taken.has(conceptId);
    return isDecided && wasThere && mine.join() !== theirs.join()
      ? [{ conceptId, field: successorsField, before: null, mine, theirs }]
      : [];
  });
}

const namesOf = (links: Ended, id: ConceptId): ConceptId[] => [...new Set(links.get(id))].sort();

/** Without whom a draft names as successors of entries that its base does not have: who took their places is told there. */
export function withoutEnded({ links, ...rest }: Successions, entries: Entries, base: Entries): Successions {
  return {
    ...rest,
    links: links.filter(({ predecessor }) => base.has(predecessor) || entries.has(predecessor)),
  };
}

/** Who took places in a map after a draft was folded into it. */
export function endedAfter(ended: Ended, { entries, retired, successions }: Overlay): Ended {
  const own = groupLinks(successions.links, 'predecessor');
  const after = new Map(ended);
  for (const id of retired) after.set(id, own.get(id) ?? []);
  for (const id of entries.keys()) after.delete(id);
  return after;
}
