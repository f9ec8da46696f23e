import type { ProblemDetail } from '#platform';
import { say } from '#words';
import { leastLongestCode } from '../delivery/render.ts';
import { capabilitiesOf } from './deletion-problems.ts';
import type { KnownDrivers, TargetsFile } from './targets-file.ts';

/** Where codes are unique, and a record out of use has no room for the words that set its code free. */
export function codeLengthProblems(
  { profiles, targets }: Pick<TargetsFile, 'profiles' | 'targets'>,
  drivers: KnownDrivers,
): ProblemDetail[] {
  const byId = new Map(profiles.map((profile) => [profile.id, profile]));
  const places = [
    ...profiles.map(({ id, settings }, i) => ({ path: `profiles[${i}]`, profile: id, settings })),
    ...targets.flatMap(({ profile, settings }, i) =>
      'longestCode' in settings ? [{ path: `targets[${i}]`, profile, settings }] : [],
    ),
  ];
  return places.flatMap(({ path, profile, settings }) => {
    const inherited = byId.get(profile);
    const found =
      inherited && capabilitiesOf(inherited.driver, { ...inherited.settings, ...settings }, drivers);
    if (!found?.uniqueCodes || found.longestCode >= leastLongestCode) return [];
    const message = say`Codes are unique there, and one out of use needs ${leastLongestCode} characters`;
    return [{ path: `${path}.settings.longestCode`, message }];
  });
}
