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

/** What some targets have, but must be sent again. */
export async function readUnsent(
  executor: Executor,
  targetIds: readonly string[],
): Promise<{ targetId: string; conceptId: ConceptId }[]> {
  return run(
    executor,
    sql`select target_id as "targetId", concept_id as "conceptId" from link
        where target_id = any(${targetIds}::text[]) and hash is null`,
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
        where l.target_id = any(${targetIds}::text[]) and l.code = any(${codes}::text[])
        order by 1, 2, 3`,
  );
}

export async function readStuckBefore(
  executor: Executor,
  targetIds: readonly string[],
): Promise<StuckBefore[]> {
  return run<StuckBefore>(
    executor,
    sql`select target_id as "targetId", concept_id as "conceptId", hash, reason, may_exist as "mayExist",
          class = 'rejected' and next_attempt_at > now() as "isRefused"
        from stuck where target_id = any(${targetIds}::text[]) order by target_id, concept_id`,
  );
}

/** A concept that an operator excluded at a target. */
export interface Skipped {
  readonly targetId: string;
  readonly conceptId: ConceptId;
  readonly reason: string;
}

export async function readSkipped(executor: Executor, targetIds: readonly string[]): Promise<Skipped[]> {
  return run<Skipped>(
    executor,
    sql`select target_id as "targetId", concept_id as "conceptId", reason
        from skip where target_id = any(${targetIds}::text[]) order by target_id, concept_id`,
  );
}
