import { run, sql, type Executor } from '#platform';
import { groupLinks, type ConceptId, type Entries, type SuccessionLink } from '#taxonomy';
import type { Overlay } from '../drafts/overlay.ts';
import type { DraftConflict } from '../sealing/conflicts.ts';

/** The field of such a conflict; its values are lists of concept ids, none where nobody takes the place. */
export const successorsField = 'successors';

/** Who took the places of entries that ended in what came into force since a revision, or is sealed until a day. */
export function readSuccessionsSince(
  db: Executor,
  schemeId: string,
  revision: number | null,
  day: string | null,
): Promise<SuccessionLink[]> {
  return run<SuccessionLink>(
    db,
    sql`
    select predecessor, successor from succession
    where scheme_id = ${schemeId} and revision > ${revision ?? 0} and not continues
    union
    select s.predecessor, s.successor from draft_succession s join draft d on d.id = s.draft_id
    where d.scheme_id = ${schemeId} and d.state = 'sealed' and d.effective_date <= ${day}`,
  );
}

/**
 * Entries of which the draft says one thing and what came into force since says another: they have ended there, and others
 * took their places, or nobody did. Published as it is, the draft would make a split of the two that nobody decided.
 * @param before entries that the draft touches, as they were in its base
 * @param base the map that it is brought onto
 */
export function contradictedSuccessions(
  { entries, retired, successions }: Overlay,
  before: Entries,
  base: Entries,
  since: readonly SuccessionLink[],
): DraftConflict[] {
  const [mine, theirs] = [groupLinks(successions.links, 'predecessor'), groupLinks(since, 'predecessor')];
  const ended = [...new Set([...mine.keys(), ...retired])].filter((id) => !base.has(id) && !entries.has(id));
  return ended.flatMap((conceptId) => {
    const [ours, others] = [namesOf(mine, conceptId), namesOf(theirs, conceptId)];
    const isDecided = ours.length > 0 || successions.decidedNone.has(conceptId);
    const wasThere = before.has(conceptId) || theirs.has(conceptId);
    return isDecided && wasThere && ours.join() !== others.join()
      ? [{ conceptId, field: successorsField, before: null, mine: ours, theirs: others }]
      : [];
  });
}

const namesOf = (links: ReadonlyMap<ConceptId, readonly ConceptId[]>, id: ConceptId): ConceptId[] =>
  [...new Set(links.get(id))].sort();

/** Forgets whom a draft names as successors of entries that its base does not have: who took their places is told there. */
export async function forgetEnded(
  db: Executor,
  draftId: string,
  { entries, successions }: Overlay,
  base: Entries,
) {
  const ended = successions.links
    .map(({ predecessor }) => predecessor)
    .filter((id) => !base.has(id) && !entries.has(id));
  await run(
    db,
    sql`delete from draft_succession where draft_id = ${draftId} and predecessor = any(${ended}::uuid[])`,
  );
}
