import { z } from 'zod';
import { targetStateSchema, textSchema, type TargetState } from '#contracts';
import { join, sql, type Sql } from '#platform';

const name = textSchema.min(1).max(200).exactOptional();

/** Which targets are meant; all of them where nothing is said. */
export const targetFilter = z.strictObject({
  state: targetStateSchema.exactOptional(),
  system: name,
  profile: name,
  organisation: name,
  driver: name,
  scheme: name,
  /** A part of its id, or of the name of its organisation. */
  text: name,
});
export type TargetFilter = z.output<typeof targetFilter>;

/** What a target `t` in a state must have, so that the state is computed for few; where nothing is said, for all. */
const signs: Partial<Record<TargetState, Sql>> = {
  observe: sql`t.mode = 'observe'`,
  paused: sql`t.paused`,
  quarantined: sql`t.quarantine is not null`,
  held: sql`t.id in (select target_id from hold)`,
  unreachable: sql`(t.trouble = 'failing' or t.system_id in (select id from system where system.trouble = 'failing'))`,
  stuck: sql`t.id in (select target_id from stuck)`,
  drifted: sql`t.id in (select target_id from drift_check where stays_wrong)`,
  'in-step-except': sql`t.id in (select target_id from skip)`,
};

/** Conditions on a listed target `t`: of its state only a part, see `targetStates`. */
export function matches({ state, system, profile, organisation, driver, scheme, text }: TargetFilter): Sql {
  const part = text === undefined ? undefined : `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return join(
    [
      sql`t.listed`,
      ...(state === undefined ? [] : [signs[state] ?? sql`true`]),
      ...(system === undefined ? [] : [sql`t.system_id = ${system}`]),
      ...(profile === undefined ? [] : [sql`t.profile_id = ${profile}`]),
      ...(organisation === undefined ? [] : [sql`t.organisation_id = ${organisation}`]),
      ...(driver === undefined
        ? []
        : [sql`t.profile_id in (select id from profile where profile.driver = ${driver})`]),
      ...(scheme === undefined ? [] : [sql`t.scheme = ${scheme}`]),
      ...(part === undefined
        ? []
        : [
            sql`(t.id ilike ${part} or t.organisation_id in (select id from organisation where organisation.name ilike ${part}))`,
          ]),
    ],
    ' and ',
  );
}

/** Rows of `target` that match, but for their state: choose by it from their `targetStates`. */
export const matching = (filter: TargetFilter): Sql => sql`select t.* from target t where ${matches(filter)}`;
