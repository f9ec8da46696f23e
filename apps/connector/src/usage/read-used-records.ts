import type { UsageBody, UsageQuery } from '#contracts';
import { run, sql, type Executor } from '#platform';
import type { ConceptId } from '#taxonomy';
import { systemAsJson, type ClaimedSystem } from '../delivery/system-lease.ts';

export interface AskedTarget {
  readonly id: string;
  readonly profile: string;
  readonly organisation: string;
  readonly system: ClaimedSystem;
  readonly trouble: string | null;
}

/** A record that may be in use. */
export interface UsedRecord {
  readonly targetId: string;
  readonly conceptId: ConceptId;
  readonly externalId: string;
  readonly code: string;
  readonly record: 'current' | 'ended';
}

/** A page of the targets that hold a map, one more than asked for where there are more. */
export async function readAskedTargets(
  executor: Executor,
  scheme: string,
  { after = '', limit }: UsageQuery,
): Promise<AskedTarget[]> {
  return run<AskedTarget>(
    executor,
    sql`select t.id, t.profile_id as profile, t.organisation_id as organisation,
          case when s.trouble = 'failing' then coalesce(s.reason, 'its system fails')
            when t.trouble = 'failing' then coalesce(t.reason, 'it fails') end as trouble,
          ${systemAsJson} as system
        from target t join system s on s.id = t.system_id
        where t.scheme = ${scheme} and t.listed and t.mode = 'on' and t.id > ${after}
        order by t.id limit ${limit + 1}`,
  );
}

/** The records that some targets have of concepts, by id or by any code that they ever had. */
export async function readUsedRecords(
  executor: Executor,
  targetIds: readonly string[],
  { scheme, codes, conceptIds }: UsageBody,
): Promise<UsedRecord[]> {
  return run<UsedRecord>(
    executor,
    sql`with asked as (
          select unnest(${conceptIds}::uuid[]) as id
          union select concept_id from entry where scheme = ${scheme} and code = any(${codes}::text[])
          union select concept_id from withdrawn_entry where scheme = ${scheme} and code = any(${codes}::text[]))
        select l.target_id as "targetId", l.concept_id as "conceptId", l.external_id as "externalId", l.code,
          case l.state when 'leaving' then 'ended' else l.state end as record
        from unnest(${targetIds}::text[]) as t(id)
          cross join asked
          join link l on l.target_id = t.id and l.concept_id = asked.id and l.state in ('current', 'ended', 'leaving')
        order by 1, 2, l.generation`,
  );
}
