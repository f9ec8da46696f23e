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
import { ownActors, personOf } from '../audit/person.ts';
import { wake } from '../delivery/wake.ts';
import { checkAgain } from '../drift/check-again.ts';
import { compareRegistry } from './compare-registry.ts';
import { findMoves, forbiddenChanges, problemsOfMoves, readKept, type Move } from './kept-records.ts';
import { languageProblems } from './language-problems.ts';
import { moveTargets } from './move-targets.ts';
import { refuseUnlisting } from './refuse-unlisting.ts';
import { readRegistry, type Registered } from './read-registry.ts';
import type { RegistryChange } from './schemas.ts';
import { startAnew } from './start-anew.ts';
import type { TargetsFile } from './targets-file.ts';

export interface Seen {
  /** Targets that move have the same records at their new place. */
  readonly sameRecords?: boolean;
  /** How many targets the file may unlist: as many as its plan showed. */
  readonly unlist?: number;
}

/**
 * Makes the registry equal to the file, and writes each change to the audit log. A target that the file no longer lists
 * is left alone, with its records; one whose profile changed is compared in full on its next turn.
 * @param seen what whoever applies it has seen and says of it
 * @returns what changed; or a refusal, and nothing is changed
 */
export async function applyTargets(
  dataSource: DataSource,
  file: TargetsFile,
  by: Pick<ActorIdentity, 'id'> = ownActors.targetsFile,
  seen: Seen = {},
): Promise<RegistryChange[] | Refusal> {
  const personId = await personOf(dataSource, by);
  return inTransaction(dataSource, async (transaction) => {
    await lockRegistry(transaction);
    return applyWithin(transaction, file, personId, seen);
  });
}

/** The same, in a transaction that has the registry locked and ends with it. */
export async function applyWithin(
  transaction: Executor,
  file: TargetsFile,
  personId: string,
  { sameRecords = false, unlist = 0 }: Seen,
): Promise<RegistryChange[] | Refusal> {
  const plan = await planChange(transaction, file, sameRecords);
  if (isRefusal(plan)) return plan;
  const { changes, moves } = plan;
  const unseen = refuseUnlisting(changes, unlist);
  if (unseen) return unseen;
  await moveTargets(transaction, moves);
  await writeOrganisations(transaction, file);
  await writeSystems(transaction, file);
  await startAnew(transaction, file);
  await compareAnew(transaction, file);
  await writeProfiles(transaction, file);
  await writeTargets(transaction, file);
  await unlistOthers(transaction, file);
  await noteChanges(transaction, personId, changes, moves);
  return changes;
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
  moves: readonly Move[],
): Promise<void> {
  await wake(transaction);
  const acts = changes.map(({ what, id, is, fields }) => ({
    action: `${what}-${is}`,
    subject: `${what}/${id}`,
    details: { fields },
  }));
  const moved = moves.map(({ id }) => ({
    action: 'target-moved',
    subject: `target/${id}`,
    details: { sameRecords: true },
  }));
  await appendAudit(transaction, { personId }, [...acts, ...moved]);
}

/** What a file would change; or a refusal. Changes nothing. */
export async function planTargets(
  executor: Executor,
  file: TargetsFile,
  sameRecords = false,
): Promise<RegistryChange[] | Refusal> {
  const plan = await planChange(executor, file, sameRecords);
  return isRefusal(plan) ? plan : plan.changes;
}

/** Targets that a file moves, as they are registered now. */
export async function planMoves(executor: Executor, file: TargetsFile): Promise<readonly Move[]> {
  return findMoves(file, await readKept(executor, file));
}

export interface PlannedChange {
  readonly changes: RegistryChange[];
  /** Targets whose records are said to be the same at another place. */
  readonly moves: readonly Move[];
}

/** @param before what is registered, where it is known; of targets that are left out, nothing is said */
export async function planChange(
  executor: Executor,
  file: TargetsFile,
  sameRecords: boolean,
  before?: Registered,
): Promise<PlannedChange | Refusal> {
  const kept = await checkKept(executor, file, sameRecords);
  const problems = [...kept.problems, ...(await languageProblems(executor, file))];
  if (problems.length > 0) {
    return refuse('targets-file', {
      title: say`The targets file cannot be used; nothing was changed`,
      problems,
    });
  }
  return { changes: compareRegistry(before ?? (await readRegistry(executor)), file), moves: kept.moves };
}

/** What the change does to targets that have records already, which must be said first. */
async function checkKept(
  executor: Executor,
  file: TargetsFile,
  sameRecords: boolean,
): Promise<{ readonly moves: readonly Move[]; readonly problems: readonly ProblemDetail[] }> {
  const kept = await readKept(executor, file);
  const moves = findMoves(file, kept);
  return {
    moves,
    problems: [...forbiddenChanges(file, kept), ...(sameRecords ? [] : problemsOfMoves(moves))],
  };
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
 * A target is compared in full on its next turn when what its records say, or what is done about them, may change; where the last check
 * left something wrong, it is then read again. It keeps the revision that it holds, so that a hold stays one, of an operator or of the
 * guard. Call it before the change is written.
 */
export async function compareAnew(transaction: Executor, { profiles, targets }: TargetsFile): Promise<void> {
  const compared = await run<{ id: string }>(
    transaction,
    sql`update target t set compare_full = true, in_step = false, resets = resets + 1, retry_at = null,
          attempting = case when attempting is not null then 0 end
        from jsonb_to_recordset(${json(targets)}) as n(id text, profile text, system text, settings jsonb),
          jsonb_to_recordset(${json(profiles)}) as p(id text, kind text, driver text, language text, "missingTitle" text, policies jsonb, settings jsonb), profile old
        where n.id = t.id and p.id = n.profile and old.id = t.profile_id
          and (p.kind, p.driver, p.language, p."missingTitle", p.policies, p.settings, n.settings, n.system)
            is distinct from (old.kind, old.driver, old.language, old.missing_title, old.policies, old.settings, t.settings, t.system_id)
        returning t.id`,
  );
  await checkAgain(
    transaction,
    compared.map(({ id }) => id),
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
