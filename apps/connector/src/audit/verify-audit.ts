import {
  verifyChain,
  type AskAuditDatabase,
  type AuditRow,
  type AuditVerdict,
  type AuditWitness,
} from '#platform/audit';
import { say } from '#words';

/** Some entries after `$1`, with the words of which `audit_hash` of migration 0005 makes the hash. */
const nextEntries = `
  select position::int as position, encode(hash, 'hex') as hash,
    jsonb_build_array(position, extract(epoch from at), actor, action, subject, details)::text as body
  from connector.audit where position > $1 order by position limit 5000`;

/** What is so by an act: each has its entry from the same transaction. */
const untold = `
  with act (subject, action) as (
    select 'organisation/' || id, 'organisation-created' from connector.organisation union all
    select 'system/' || id, 'system-created' from connector.system union all
    select 'profile/' || id, 'profile-created' from connector.profile union all
    select 'target/' || id, 'target-created' from connector.target union all
    select 'target/' || id, 'target-pinned' from connector.target where pinned_revision is not null union all
    select 'consumer/' || id, 'consumer-registered' from connector.consumer union all
    select 'organisation/' || organisation_id, 'revision-adopted' from connector.adoption union all
    select 'scheme/' || scheme, 'rollout-rule-set' from connector.rollout_rule union all
    select 'deliveries', 'deliveries-stopped' from connector.halt)
  select subject, action from act
  where not exists (select from connector.audit told where told.subject = act.subject and told.action = act.action)
  order by subject, action limit 1`;

/**
 * Reads the whole audit log of a connector, computes its chain anew, outside of the database, and looks for the entry
 * of each target, rollout and consumer: of a log that was cut short, those of the last ones are missing.
 * @param kept a head of the log that was kept elsewhere
 */
export async function verifyAudit(
  ask: AskAuditDatabase,
  kept: readonly AuditWitness[] = [],
): Promise<AuditVerdict> {
  const verdict = await verifyChain((after) => ask<AuditRow>(nextEntries, [after]), { witnesses: kept });
  if (!verdict.holds) return verdict;
  const [act] = await ask<{ subject: string; action: string }>(untold, []);
  if (!act) return verdict;
  const reason = say`no entry says ${act.action} of ${act.subject}, and it was done: the last entries were removed`;
  return { holds: false, position: verdict.entries + 1, reason };
}
