import type { ConceptId, Hash } from '#taxonomy';
import type { Generation } from './generation.ts';
import { run, sql, type Executor } from '#platform';

/** A row of the ledger: what a target acknowledged of a concept. */
export interface Link extends Generation {
  readonly targetId: string;
  readonly conceptId: ConceptId;
  /** null: pending. */
  readonly externalId: string | null;
  readonly code: string;
  readonly parentId: ConceptId | null;
  readonly hash: Hash | null;
}

export interface StuckBefore {
  readonly targetId: string;
  readonly conceptId: ConceptId;
  /** The target, or its profile, refused it, and it is not time to ask again. */
  readonly isRefused: boolean;
  readonly hash: Hash | null;
  readonly reason: string;
  readonly mayExist: boolean;
}

const columns = sql`l.target_id as "targetId", l.concept_id as "conceptId", l.generation, l.external_id as "externalId",
  l.state, l.code, l.parent_id as "parentId", l.hash, l.used_code as "usedCode", l.used_notes as "usedNotes"`;

/** Everything that some targets have. */
export async function readAllLinks(executor: Executor, targetIds: readonly string[]): Promise<Link[]> {
  return run<Link>(
    executor,
    sql`select ${columns} from link l where l.target_id = any(${targetIds}::text[])
        order by l.target_id, l.concept_id, l.generation`,
  );
}

/** The records of some concepts at some targets, of everything that they stand below, and those that have certain codes. */
export async function readLinksAround(
  executor: Executor,
  targetIds: readonly string[],
  concepts: readonly ConceptId[],
  codes: readonly string[],
): Promise<Link[]> {
  return run<Link>(
    executor,
    sql`with recursive above(target_id, concept_id) as (
          select t.id, c.id from unnest(${targetIds}::text[]) as t(id), unnest(${concepts}::uuid[]) as c(id)
          union
          select l.target_id, l.parent_id from above a
            join link l on l.target_id = a.target_id and l.concept_id = a.concept_id
          where l.parent_id is not null)
        select ${columns} from link l join above a on a.target_id = l.target_id and a.concept_id = l.concept_id
        union
        select ${columns} from link l
        where l.target_id = any(${targetIds}::text[]) and l.code = any(${codes}::text[]) and l.state <> 'deleted'
        order by 1, 2, 3`,
  );
}

/** The records that stand below those of some concepts. */
export async function readLinksBelow(
  executor: Executor,
  targetIds: readonly string[],
  concepts: readonly ConceptId[],
): Promise<Link[]> {
  if (concepts.length === 0) return [];
  return run<Link>(
    executor,
    sql`select ${columns} from link l
        where l.target_id = any(${targetIds}::text[]) and l.parent_id = any(${concepts}::uuid[])
        order by 1, 2, 3`,
  );
}

/** A concept that an operator excluded at a target. */
export interface Skipped {
  readonly targetId: string;
  readonly conceptId: ConceptId;
  readonly reason: string;
}

/** What is out of the ordinary at some targets; as a rule there is nothing. */
export interface Exceptions {
  readonly stuck: readonly StuckBefore[];
  readonly skipped: readonly Skipped[];
  /** What they have, but must be sent again or deleted. */
  readonly unsent: readonly Pick<Link, 'targetId' | 'conceptId'>[];
}

export async function readExceptions(executor: Executor, targetIds: readonly string[]): Promise<Exceptions> {
  const [found] = await run<Exceptions>(
    executor,
    sql`select
          (select coalesce(jsonb_agg(jsonb_build_object('targetId', target_id, 'conceptId', concept_id, 'hash', hash,
              'reason', reason, 'mayExist', may_exist, 'isRefused', class = 'rejected' and next_attempt_at > now())
              order by target_id, concept_id), '[]')
            from stuck where target_id = any(${targetIds}::text[])) as stuck,
          (select coalesce(jsonb_agg(jsonb_build_object('targetId', target_id, 'conceptId', concept_id, 'reason', reason)
              order by target_id, concept_id), '[]')
            from skip where target_id = any(${targetIds}::text[])) as skipped,
          (select coalesce(jsonb_agg(jsonb_build_object('targetId', target_id, 'conceptId', concept_id)), '[]')
            from link where target_id = any(${targetIds}::text[]) and unsent) as unsent`,
  );
  return found ?? { stuck: [], skipped: [], unsent: [] };
}
