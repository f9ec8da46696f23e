import type { DataSource } from 'typeorm';
import {
  inTransaction,
  isRefusal,
  refuse,
  run,
  runCount,
  sql,
  json,
  type ActorIdentity,
  type Executor,
  type ProblemDetail,
  type Refusal,
} from '#platform';
import { say } from '#words';
import { appendAudit } from '../audit/audited.ts';
import { personOf } from '../audit/person.ts';
import { wake } from '../delivery/wake.ts';
import { compareRegistry } from './compare-registry.ts';
import { readRegistry, type Registered } from './read-registry.ts';
import type { RegistryChange } from './schemas.ts';
import type { TargetsFile } from './targets-file.ts';

/** Who applies the file that is read at start. */
const atStart = { id: 'targets-file' };

/**
 * Makes the registry equal to the file, and writes each change to the audit log. A target that the file no longer lists
 * is left alone, with its records; one whose profile changed is compared in full on its next turn.
 * @returns what changed; or a refusal, and nothing is changed
 */
export async function applyTargets(
  dataSource: DataSource,
  file: TargetsFile,
  by: Pick<ActorIdentity, 'id'> = atStart,
): Promise<RegistryChange[] | Refusal> {
  const personId = await personOf(dataSource, by);
  return inTransaction(dataSource, async (transaction) => {
    await lockRegistry(transaction);
    const changes = await planTargets(transaction, file);
    if (isRefusal(changes)) return changes;
    await writeOrganisations(transaction, file);
    await writeSystems(transaction, file);
    await compareAnew(transaction, file);
    await writeProfiles(transaction, file);
    await writeTargets(transaction, file);
    await unlistOthers(transaction, file);
    await noteChanges(transaction, personId, changes);
    return changes;
  });
}

/** Whoever changes the registry waits for whoever does. */
export async function lockRegistry(transaction: Executor): Promise<void> {
  await run(transaction, sql`select pg_advisory_xact_lock(hashtextextended('registry', 0))`);
}

/** The last step of a change: wakes the delivery, and writes each change to the audit log. */
export async function noteChanges(
  transaction: Executor,
  personId: string,
  changes: readonly RegistryChange[],
): Promise<void> {
  await wake(transaction);
  const acts = changes.map(({ what, id, is, fields }) => ({
    action: `${what}-${is}`,
    subject: `${what}/${id}`,
    details: { fields },
  }));
  await appendAudit(transaction, { personId }, acts);
}

/**
 * What a file would change; or a refusal. Changes nothing.
 * @param before what is registered, where it is known; of targets that are left out, nothing is said
 */
export async function planTargets(
  executor: Executor,
  file: TargetsFile,
  before?: Registered,
): Promise<RegistryChange[] | Refusal> {
  const problems = await findForbiddenChanges(executor, file);
  if (problems.length > 0) {
    return refuse('targets-file', {
      title: say`The targets file cannot be used; nothing was changed`,
      problems,
    });
  }
  return compareRegistry(before ?? (await readRegistry(executor)), file);
}

/** Records of one protocol or map cannot become records of another. */
async function findForbiddenChanges(executor: Executor, file: TargetsFile): Promise<ProblemDetail[]> {
  const kept = await run<{ id: string; scheme: string; driver: string }>(
    executor,
    sql`select t.id, t.scheme, p.driver from target t join profile p on p.id = t.profile_id
        where t.id = any(${file.targets.map(({ id }) => id)}::text[]) and exists (select from link l where l.target_id = t.id)`,
  );
  const drivers = new Map(file.profiles.map(({ id, driver }) => [id, driver]));
  const places = new Map(file.targets.map((target, i) => [target.id, { target, i }]));
  return kept.flatMap(({ id, scheme, driver }) => {
    const place = places.get(id);
    if (!place) return [];
    const { target, i } = place;
    const changed = [
      ...(target.scheme === scheme ? [] : [{ field: 'scheme', what: say`map` }]),
      ...(drivers.get(target.profile) === driver ? [] : [{ field: 'profile', what: say`driver` }]),
    ];
    return changed.map(({ field, what }) => ({
      path: `targets[${i}].${field}`,
      message: say`Target "${id}" holds records; its ${what} cannot change. Give it a new id.`,
    }));
  });
}

async function writeOrganisations(transaction: Executor, { organisations }: TargetsFile): Promise<void> {
  await runCount(
    transaction,
    sql`insert into organisation (id, name, adopts, wave)
        select id, name, adopts, wave
        from jsonb_to_recordset(${json(organisations)}) as o(id text, name text, adopts text, wave int)
        on conflict (id) do update set name = excluded.name, adopts = excluded.adopts, wave = excluded.wave`,
  );
}

/** A system whose address or login changed is asked at once; for the others a restart changes nothing. */
async function writeSystems(transaction: Executor, { systems }: TargetsFile): Promise<void> {
  await runCount(
    transaction,
    sql`insert into schedule (windows, blackouts)
        select distinct windows, blackouts from jsonb_to_recordset(${json(systems)}) as s(windows jsonb, blackouts jsonb)
        on conflict (id) do nothing`,
  );
  await runCount(
    transaction,
    sql`insert into system (id, address, username, secret, concurrency, rate_per_second, schedule_id)
        select s.id, address, "user", secret, concurrency, "rateLimitPerSecond", schedule.id
        from jsonb_to_recordset(${json(systems)}) as s(
          id text, address text, "user" text, secret text, concurrency int, "rateLimitPerSecond" real,
          windows jsonb, blackouts jsonb) join schedule using (windows, blackouts)
        on conflict (id) do update
          set address = excluded.address, username = excluded.username, secret = excluded.secret,
            concurrency = excluded.concurrency, rate_per_second = excluded.rate_per_second,
            schedule_id = excluded.schedule_id,
            retry_at = case when (system.address, system.username, system.secret)
              = (excluded.address, excluded.username, excluded.secret) then system.retry_at end`,
  );
}

/**
 * A target is compared in full on its next turn when what its records say may change. It keeps the revision that it holds, so that
 * a hold stays one, of an operator or of the guard. Call it before the change is written.
 */
export async function compareAnew(transaction: Executor, { profiles, targets }: TargetsFile): Promise<void> {
  await runCount(
    transaction,
    sql`update target t set compare_full = true, in_step = false, resets = resets + 1, retry_at = null,
          attempting = case when attempting is not null then 0 end
        from jsonb_to_recordset(${json(targets)}) as n(id text, profile text, settings jsonb),
          jsonb_to_recordset(${json(profiles)}) as p(id text, kind text, language text, "missingTitle" text, policies jsonb, settings jsonb), profile old
        where n.id = t.id and p.id = n.profile and old.id = t.profile_id
          and (p.kind, p.language, p."missingTitle", p.policies, p.settings, n.settings)
            is distinct from (old.kind, old.language, old.missing_title, old.policies, old.settings, t.settings)`,
  );
}

async function writeProfiles(transaction: Executor, { profiles }: TargetsFile): Promise<void> {
  await runCount(
    transaction,
    sql`insert into profile (id, kind, driver, language, missing_title, policies, settings, offset_days, guard)
        select id, kind, driver, language, "missingTitle", policies, settings, "offsetDays", guard
        from jsonb_to_recordset(${json(profiles)}) as p(id text, kind text, driver text, language text,
          "missingTitle" text, policies jsonb, settings jsonb, "offsetDays" int, guard text)
        on conflict (id) do update set kind = excluded.kind, driver = excluded.driver, language = excluded.language,
          missing_title = excluded.missing_title, policies = excluded.policies, settings = excluded.settings,
          offset_days = excluded.offset_days, guard = excluded.guard`,
  );
}

export async function writeTargets(transaction: Executor, { targets }: TargetsFile): Promise<void> {
  await runCount(
    transaction,
    sql`insert into target (id, organisation_id, system_id, profile_id, scheme, settings, mode)
        select id, organisation, system, profile, scheme, settings, mode
        from jsonb_to_recordset(${json(targets)})
          as t(id text, organisation text, system text, profile text, scheme text, settings jsonb, mode text)
        on conflict (id) do update set organisation_id = excluded.organisation_id, system_id = excluded.system_id,
          profile_id = excluded.profile_id, scheme = excluded.scheme, settings = excluded.settings, listed = true`,
  );
  // Nobody waits for a release where nothing is compared.
  await runCount(
    transaction,
    sql`delete from hold where target_id in (
          select t.id from target t join profile p on p.id = t.profile_id where p.guard = 'off')`,
  );
}

async function unlistOthers(transaction: Executor, { targets }: TargetsFile): Promise<void> {
  await runCount(
    transaction,
    sql`update target set listed = false where not id = any(${targets.map(({ id }) => id)}::text[])`,
  );
}
