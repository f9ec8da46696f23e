import type { ProblemDetail } from '#platform';
import type { Capabilities, Connection } from '#targets';
import { say, type Sentence } from '#words';
import { keepsUsed } from '../delivery/delete-unused.ts';
import type { KnownDrivers, TargetsFile } from './targets-file.ts';

/** Profiles that delete, and targets that inherit it, where the driver cannot, or where nobody would keep what is in use. */
export function deletionProblems({ profiles, targets }: TargetsFile, drivers: KnownDrivers): ProblemDetail[] {
  const deleting = new Map(
    profiles.flatMap((profile) => (profile.policies.retire === 'delete' ? [[profile.id, profile]] : [])),
  );
  const places = [
    ...profiles.map((profile, i) => ({
      path: `profiles[${i}].policies.retire`,
      profile: profile.id,
      settings: {},
    })),
    ...targets.flatMap(({ profile, settings }, i) =>
      Object.keys(settings).length === 0 ? [] : [{ path: `targets[${i}].settings`, profile, settings }],
    ),
  ];
  return places.flatMap(({ path, profile, settings }) => {
    const inherited = deleting.get(profile);
    if (!inherited) return [];
    const { driver } = inherited;
    const capabilities = capabilitiesOf(driver, { ...inherited.settings, ...settings }, drivers);
    const message = capabilities && cannotDelete(driver, capabilities);
    return message ? [{ path, message }] : [];
  });
}

function cannotDelete(driver: string, capabilities: Capabilities): Sentence | null {
  if (keepsUsed(capabilities)) return null;
  if (capabilities.deletes === 'no') return say`The driver "${driver}" cannot delete records`;
  return say`With these settings the driver "${driver}" does not see which records are in use, and the system is not said to refuse to delete them (refusesUsed)`;
}

/** Null where there is no such driver or the settings do not fit it, which is said elsewhere. */
export function capabilitiesOf(
  name: string,
  settings: Connection['settings'],
  drivers: KnownDrivers,
): Capabilities | null {
  const type = Object.hasOwn(drivers, name) ? drivers[name] : undefined;
  if (!type?.settingsSchema.safeParse(settings).success) return null;
  const nowhere = { address: 'http://127.0.0.1', user: '', secret: '', requestTimeoutMs: 1 };
  const driver = type.create({ ...nowhere, settings });
  void driver.close();
  return driver.capabilities;
}
