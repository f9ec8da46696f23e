import type { DataSource } from 'typeorm';
import {
  inTransaction,
  isRefusal,
  mergePatch,
  refuse,
  refuseUnseen,
  run,
  sql,
  type ActorIdentity,
  type Executor,
  type ProblemDetail,
  type Refusal,
} from '#platform';
import { say } from '#words';
import { personOf } from '../audit/person.ts';
import { unknownTarget } from '../operations/act.ts';
import { readConfiguration, versionOf } from '../operations/target-configuration.ts';
import { usuallyAllowed, type Allowed } from './allowed.ts';
import { compareAnew, lockRegistry, noteChanges, planChange, writeTargets } from './apply-targets.ts';
import { moveTargets } from './move-targets.ts';
import { readRegistry, type Registered } from './read-registry.ts';
import { samePlaceProblems } from './same-place.ts';
import type { ConfigurationPatch, RegistryChange } from './schemas.ts';
import { nobodyKnows, parseTargetsFile, type KnownDrivers, type TargetsFile } from './targets-file.ts';

/**
 * Changes what is registered for one target, by the rules of the targets file, and writes it to the audit log. Its records are
 * compared in full on its next turn when what they say may change.
 * @param ifMatch the version of its configuration that was seen
 * @param sameRecords where it moves, its records are the same there
 * @param allowed what targets may be and have
 * @returns what changed; or a refusal with all problems, and nothing is changed
 */
export async function patchTarget(
  db: DataSource,
  drivers: KnownDrivers,
  targetId: string,
  patch: ConfigurationPatch,
  ifMatch: string,
  by: Pick<ActorIdentity, 'id'>,
  {
    sameRecords = false,
    allowed = usuallyAllowed,
  }: { readonly sameRecords?: boolean; readonly allowed?: Allowed } = {},
): Promise<RegistryChange[] | Refusal> {
  const personId = await personOf(db, by);
  return inTransaction(db, async (transaction) => {
    await lockRegistry(transaction);
    const now = await readConfiguration(transaction, targetId);
    if (!now) return unknownTarget(targetId);
    const unseen = refuseUnseen(ifMatch, versionOf(now));
    if (unseen) return unseen;
    const before = await readRegistry(transaction, [targetId]);
    const { problems, rest } = checkNames(before, patch);
    const file = patched(before, rest, drivers, allowed);
    const plan = isRefusal(file) ? file : await planChange(transaction, file, sameRecords, before);
    if (isRefusal(file) || isRefusal(plan) || problems.length > 0)
      return refuseConfiguration([...problems, ...(isRefusal(plan) ? inThePatch(plan) : [])]);
    const taken = await placeProblems(transaction, file, drivers);
    if (taken.length > 0) return refuseConfiguration(taken);
    const { changes, moves } = plan;
    await moveTargets(transaction, moves);
    await compareAnew(transaction, file);
    await writeTargets(transaction, file);
    if (changes.length > 0) await noteChanges(transaction, personId, changes, moves);
    return changes;
  });
}

/** What a patch names and nobody has registered; and the rest of it, which is checked against what the target has now. */
function checkNames(
  before: Registered,
  patch: ConfigurationPatch,
): { readonly problems: ProblemDetail[]; readonly rest: ConfigurationPatch } {
  const problems: ProblemDetail[] = [];
  const rest = { ...patch };
  for (const field of ['organisation', 'system', 'profile'] as const) {
    const id = patch[field]?.id;
    if (id === undefined || before[`${field}s`].some((known) => known.id === id)) continue;
    problems.push({ path: `${field}.id`, message: nobodyKnows(field, id) });
    delete rest[field];
  }
  return { problems, rest };
}

/** Whether a target of its map is at the place of the only one of the file. */
async function placeProblems(
  transaction: Executor,
  file: TargetsFile,
  drivers: KnownDrivers,
): Promise<ProblemDetail[]> {
  const [target] = file.targets;
  const others = await run<{ id: string }>(
    transaction,
    sql`select t.id from system s join system alike on (alike.address, alike.username) = (s.address, s.username)
          join target t on t.system_id = alike.id
        where s.id = ${target?.system ?? ''} and t.scheme = ${target?.scheme ?? ''} and t.id <> ${target?.id ?? ''} and t.listed
        order by t.id`,
  );
  const { targets, profiles, systems } = await readRegistry(
    transaction,
    others.map(({ id }) => id),
  );
  const together = { systems, profiles, targets: [...targets, ...file.targets] };
  const own = `targets[${targets.length}].settings`;
  return samePlaceProblems(together, drivers).flatMap(({ path, message }) =>
    path === own ? [{ path: 'settings', message }] : [],
  );
}

function patched(
  { unlisted: _, ...before }: Registered,
  { settings, organisation, system, profile }: ConfigurationPatch,
  drivers: KnownDrivers,
  allowed: Allowed,
): TargetsFile | Refusal {
  const targets = before.targets.map((target) => ({
    ...target,
    ...(organisation && { organisation: organisation.id }),
    ...(system && { system: system.id }),
    ...(profile && { profile: profile.id }),
    ...(settings !== undefined && {
      settings: settings === null ? {} : mergePatch(target.settings, settings),
    }),
  }));
  // What is wrong with other systems and profiles is no matter of this target.
  const systems = before.systems.filter(({ id }) => targets.some((target) => target.system === id));
  const profiles = before.profiles.filter(({ id }) => targets.some((target) => target.profile === id));
  return parseTargetsFile(JSON.stringify({ ...before, systems, profiles, targets }), drivers, {}, allowed);
}

/** Problems at the places of the patch: `targets[0].settings.folder` is its `settings.folder`, `systems[0].secret` its `system.id`. */
function inThePatch({ problems }: Refusal): ProblemDetail[] {
  return problems.map(({ path, id: _, ...problem }): ProblemDetail => ({
    ...problem,
    ...(path !== undefined && {
      path: path
        .replace(/^targets\[0\]\./, '')
        .replace(/^(system|profile)s\[0\]\..+$/, '$1')
        .replace(/^(organisation|system|profile)$/, '$1.id'),
    }),
  }));
}

function refuseConfiguration(problems: ProblemDetail[]): Refusal {
  return refuse('configuration', {
    title: say`The configuration cannot become so; nothing was changed`,
    problems,
  });
}
