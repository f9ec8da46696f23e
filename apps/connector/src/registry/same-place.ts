import type { ProblemDetail } from '#platform';
import { say } from '#words';
import type { KnownDrivers, TargetsFile } from './targets-file.ts';

/**
 * Targets of one map at one place, which would overwrite each other's records for ever: of one system, or of several with one
 * address and one user, who may be what tells one place from another. Where a system as such is the place, it is by its id.
 */
export function samePlaceProblems(
  { systems, profiles, targets }: Pick<TargetsFile, 'systems' | 'profiles' | 'targets'>,
  drivers: KnownDrivers,
): ProblemDetail[] {
  const serverOf = new Map(systems.map(({ id, address, user }) => [id, [new URL(address).href, user]]));
  const byId = new Map(profiles.map((profile) => [profile.id, profile]));
  const taken = new Map<string, string>();
  return targets.flatMap(({ id, system, scheme, profile, settings }, i) => {
    const inherited = byId.get(profile);
    const driver = inherited && Object.hasOwn(drivers, inherited.driver) ? drivers[inherited.driver] : null;
    const effective = driver?.settingsSchema.safeParse({ ...inherited?.settings, ...settings }).data;
    if (!driver?.place || !effective || !serverOf.has(system)) return [];
    const said = new Map<string, unknown>(Object.entries(effective));
    const place = JSON.stringify([
      driver.place.length > 0 ? serverOf.get(system) : system,
      scheme,
      inherited?.driver,
      driver.place.map((name) => said.get(name)),
    ]);
    const other = taken.get(place);
    if (other === undefined) taken.set(place, id);
    if (other === undefined || other === id) return [];
    const message = say`"${id}" would have its records where "${other}" has them; they would overwrite each other`;
    return [{ path: `targets[${i}].settings`, message }];
  });
}
