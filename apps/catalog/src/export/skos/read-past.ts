import { run, sql, type Executor } from '#platform';
import type { Code, ConceptId, Entry, SuccessionLink } from '#taxonomy';
import type { FoundRevision } from '../../reading/find-revision.ts';

/** What a concept was called from one revision through another. */
export interface PastState extends Pick<Entry, 'conceptId' | 'code' | 'titles'>, Period {}

/** What is known of some concepts up to a revision, that one included. */
export interface Past {
  /** By concept, the oldest first. */
  readonly states: ReadonlyMap<ConceptId, readonly PastState[]>;
  readonly predecessors: ReadonlyMap<ConceptId, readonly ConceptId[]>;
  readonly successors: ReadonlyMap<ConceptId, readonly ConceptId[]>;
  /** When each of their codes was carried, by whatever concept. */
  readonly codes: ReadonlyMap<Code, readonly Period[]>;
}

/** From one revision through another. */
export interface Period {
  readonly from: number;
  readonly through: number;
}

/** One statement for the states of a batch of concepts, one for their successions, and one for their codes. */
export async function readPast(
  db: Executor,
  { schemeId, number }: Pick<FoundRevision, 'schemeId' | 'number'>,
  concepts: readonly ConceptId[],
): Promise<Past> {
  const states = await run<PastState>(
    db,
    sql`
    select concept_id as "conceptId", code, titles, from_revision as "from",
      least(coalesce(to_revision - 1, ${number}), ${number}) as through
    from entry
    where scheme_id = ${schemeId} and concept_id = any(${concepts}::uuid[]) and from_revision <= ${number}
    order by concept_id, from_revision`,
  );
  const links = await run<SuccessionLink>(
    db,
    sql`
    select distinct predecessor, successor from succession
    where scheme_id = ${schemeId} and revision <= ${number}
      and (predecessor = any(${concepts}::uuid[]) or successor = any(${concepts}::uuid[]))
    order by predecessor, successor`,
  );
  const codes = [...new Set(states.flatMap(({ code }) => code ?? []))];
  // Both indexes of codes are asked: of the map in force, and of what has ended.
  const carried = await run<Period & { readonly code: Code }>(
    db,
    sql`
    select code, from_revision as "from", coalesce(to_revision - 1, ${number}) as through from entry
    where scheme_id = ${schemeId} and code = any(${codes}::text[]) and from_revision <= ${number}
      and (to_revision is null or to_revision > from_revision)`,
  );
  return {
    codes: Map.groupBy(carried, ({ code }) => code),
    states: Map.groupBy(states, ({ conceptId }) => conceptId),
    predecessors: grouped(links.map(({ predecessor, successor }) => [successor, predecessor])),
    successors: grouped(links.map(({ predecessor, successor }) => [predecessor, successor])),
  };
}

function grouped(
  pairs: readonly (readonly [of: ConceptId, other: ConceptId])[],
): Map<ConceptId, ConceptId[]> {
  const groups = Map.groupBy(pairs, ([of]) => of);
  return new Map([...groups].map(([of, own]) => [of, own.map(([, other]) => other)]));
}
