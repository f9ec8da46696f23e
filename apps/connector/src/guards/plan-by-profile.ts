import type { DataSource } from 'typeorm';
import type { PlansAnswer, PlansBody, ProfilePlan } from '#contracts';
import { refuse, run, sql, type Executor, type Refusal } from '#platform';
import { say } from '#words';
import { targetRow, type DriverCabinet, type TargetRow } from '../delivery/driver-cabinet.ts';
import { loadNeighbours } from './load-neighbours.ts';
import { planChangeSet } from './plan-change-set.ts';

/** What a change set on the newest revision means for the targets of each profile. Nothing is written, nobody is asked. */
export async function planByProfile(
  db: DataSource,
  drivers: DriverCabinet,
  { scheme, base, changes }: PlansBody,
): Promise<PlansAnswer | Refusal> {
  const held = await readNewest(db, scheme);
  if (held !== base) return refuseBase(scheme, base, held);
  const around = await loadNeighbours(db, scheme, changes);
  const profiles: ProfilePlan[] = [];
  for (const { profile, targets, address, ...example } of await readProfiles(db, scheme)) {
    const rules = await drivers.rulesOf(address, example);
    if (!rules) return refuseSettings(profile);
    profiles.push({ profile, targets, ...planChangeSet(changes, around, rules) });
  }
  return { scheme, base, profiles };
}

async function readNewest(executor: Executor, scheme: string): Promise<number | null> {
  const [newest] = await run<{ number: number | null }>(
    executor,
    sql`select max(number) as number from revision where scheme = ${scheme} and applied_at is not null`,
  );
  return newest?.number ?? null;
}

interface ProfileRow extends TargetRow {
  readonly profile: string;
  readonly targets: number;
  readonly address: string;
}

/** Each profile that has targets of a map, with one of them as an example of how its records are made. */
async function readProfiles(executor: Executor, scheme: string): Promise<ProfileRow[]> {
  return run<ProfileRow>(
    executor,
    sql`select distinct on (p.id) p.id as profile, count(*) over (partition by p.id)::int as targets, s.address, ${targetRow}
        from target t join profile p on p.id = t.profile_id join system s on s.id = t.system_id
        where t.scheme = ${scheme} and t.listed order by p.id, t.id`,
  );
}

function refuseBase(scheme: string, asked: number | null, held: number | null): Refusal {
  return refuse('base-differs', {
    status: 409,
    title: say`The change set does not stand on the revision that the connector holds`,
    detail: say`It stands on revision ${asked ?? '–'} of "${scheme}"; the connector holds ${held ?? '–'}.`,
  });
}

function refuseSettings(profile: string): Refusal {
  return refuse('profile-settings', {
    status: 409,
    title: say`The settings of a profile do not fit its driver`,
    detail: say`Mend the profile "${profile}" in the targets file.`,
  });
}
