import type { ConceptId, Hash } from '#taxonomy';
import { failsNotAlone } from './answers.ts';
import type { Generation } from './generation.ts';
import { run, sql, type Executor, type Sql } from '#platform';
import { isSkipped } from './is-skipped.ts';

/** A row of the ledger: what a target acknowledged of a concept. */
export interface Link extends Generation {
  readonly targetId: string;
  readonly conceptId: ConceptId;
  /** null: pending. */
  readonly externalId: string | null;
  readonly code: string;
  readonly parentId: ConceptId | null;
  readonly hash: Hash | null;
  /**
   * Code under which a drift check found, or missed, what it had mended or what was in doubt, and what was not acknowledged since. Such a
   * record is to be sent, so that every plan knows it, whoever asks for this code.
   */
  readonly foundCode: string | null;
}

export interface StuckBefore {
  readonly targetId: string;
  readonly conceptId: ConceptId;
  /** The target, or its profile, refused it, and it is not time to ask again. */
  readonly isRefused: boolean;
  /** The target failed on it, where it took others. */
  readonly failsAlone: boolean;
  readonly hash: Hash | null;
  readonly reason: string;
  /** It is looked for before it is made. */
  readonly mayExist: boolean;
  /** It may exist, and no reading of the target proved since that it does not. */
  readonly mayStand: boolean;
}

const columnsBut = (
  hash: Sql,
): Sql => sql`l.target_id as "targetId", l.concept_id as "conceptId", l.generation, l.external_id as "externalId",
  l.state, l.code, l.parent_id as "parentId", ${hash} as hash, l.used_code as "usedCode", l.used_notes as "usedNotes", l.found_code as "foundCode"`;
const columns = columnsBut(sql`l.hash`);

/** Everything that some targets have; as it will be once what they acknowledged is forgotten, where that is asked. */
export async function readAllLinks(executor: Executor, targetIds: readonly string[]): Promise<Link[]> {
  return run<Link>(
    executor,
    sql`select ${columnsBut(sql`case when not t.resync_asked or l.state <> 'current'
            or ${isSkipped('l')} then l.hash end`)}
        from link l join target t on t.id = l.target_id where l.target_id = any(${targetIds}::text[])
        order by l.target_id, l.concept_id, l.generation`,
  );
}

/** The records of some concepts at some targets, and those that have certain codes. */
export async function readLinksOf(
  executor: Executor,
  targetIds: readonly string[],
  concepts: readonly ConceptId[],
  codes: readonly string[],
): Promise<Link[]> {
  return run<Link>(
    executor,
    sql`select ${columns} from link l
        where l.target_id = any(${targetIds}::text[]) and l.concept_id = any(${concepts}::uuid[])
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

/** Concepts whose records stand above those of some concepts, at any of some targets. */
export async function readConceptsAbove(
  executor: Executor,
  targetIds: readonly string[],
  concepts: readonly ConceptId[],
): Promise<ConceptId[]> {
  const rows = await run<{ conceptId: ConceptId }>(
    executor,
    sql`with recursive above(concept_id) as (
          select unnest(${concepts}::uuid[])
          union
          select l.parent_id from above a
            join link l on l.target_id = any(${targetIds}::text[]) and l.concept_id = a.concept_id
          where l.parent_id is not null)
        select concept_id as "conceptId" from above`,
  );
  return rows.map(({ conceptId }) => conceptId);
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
              'reason', reason, 'mayExist', may_exist, 'mayStand', may_exist and not exists (
                select from drift_check c where c.target_id = stuck.target_id and c.late_at is null and c.outcome <> 'unreadable' and c.finished_at > stuck.since),
              'isRefused', class = 'rejected' and next_attempt_at > now(), 'failsAlone', class = 'rejected' and not (${failsNotAlone}))
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
