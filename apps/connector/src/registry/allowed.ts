import type { ProblemDetail } from '#platform';
import { drivers, type Connection } from '#targets';
import { asKept } from '#words';
import type { ConnectorConfig } from '../config.ts';
import { addressProblem, type AllowedAddresses } from './allowed-addresses.ts';
import { secretProblem, type AllowedSecrets } from './allowed-secrets.ts';
import type { KnownDrivers, TargetsFile } from './targets-file.ts';

/** What whoever runs the connector lets targets be, and have. */
export interface Allowed {
  readonly secrets: AllowedSecrets;
  /** null: all but link-local ones */
  readonly addresses: AllowedAddresses | null;
}

/** Where nothing is configured. */
export const usuallyAllowed: Allowed = { secrets: { prefix: 'TARGET_', directory: null }, addresses: null };

export function allowedBy({
  SECRET_PREFIX,
  SECRET_DIRECTORY,
  TARGET_ADDRESSES,
}: Pick<ConnectorConfig, 'SECRET_PREFIX' | 'SECRET_DIRECTORY' | 'TARGET_ADDRESSES'>): Allowed {
  return {
    secrets: { prefix: SECRET_PREFIX, directory: SECRET_DIRECTORY ?? null },
    addresses: TARGET_ADDRESSES ?? null,
  };
}

/** What targets may not have, each with its place in the file. */
export function notAllowed(
  { systems, profiles, targets }: TargetsFile,
  known: KnownDrivers,
  allowed: Allowed,
): ProblemDetail[] {
  const byId = new Map(profiles.map((profile) => [profile.id, profile]));
  const problems = [
    ...systems.flatMap(({ address, secret }, i) => [
      { path: `systems[${i}].address`, message: addressProblem(address, allowed.addresses) },
      { path: `systems[${i}].secret`, message: secretProblem(secret, allowed.secrets) },
    ]),
    ...profiles.flatMap(({ driver, settings }, i) =>
      elsewhere(driver, settings, known).map(({ setting, address }) => ({
        path: `profiles[${i}].settings.${setting}`,
        message: addressProblem(address, allowed.addresses),
      })),
    ),
    ...targets.flatMap(({ profile, settings }, i) => {
      const inherited = byId.get(profile);
      return elsewhere(inherited?.driver ?? '', { ...inherited?.settings, ...settings }, known)
        .filter(({ setting }) => Object.hasOwn(settings, setting))
        .map(({ setting, address }) => ({
          path: `targets[${i}].settings.${setting}`,
          message: addressProblem(address, allowed.addresses),
        }));
    }),
  ];
  return problems.flatMap(({ path, message }) => (message ? [{ path, message }] : []));
}

/** A target that was registered before it was said where targets may be. */
export class NotAllowed extends Error {}

/** Throws NotAllowed where a target, or who gives it tokens, is at an address at which targets may not be. */
export function assertAllowed(
  driver: string,
  { address, settings }: Pick<Connection, 'address' | 'settings'>,
  { addresses }: Allowed,
): void {
  for (const place of [address, ...elsewhere(driver, settings, drivers).map((setting) => setting.address)]) {
    const problem = addressProblem(place, addresses);
    if (problem) throw new NotAllowed(asKept(problem));
  }
}

/** The settings of a driver that name another host, as the driver itself reads them: without the blanks around an address. */
function elsewhere(
  driver: string,
  settings: Readonly<Record<string, unknown>>,
  known: KnownDrivers,
): { readonly setting: string; readonly address: string }[] {
  const { addresses = [], settingsSchema } = (Object.hasOwn(known, driver) && known[driver]) || {};
  if (addresses.length === 0) return [];
  const read = settingsSchema?.safeParse(settings).data ?? settings;
  return addresses.flatMap((setting) => {
    const address = read[setting];
    return typeof address === 'string' && URL.canParse(address) ? [{ setting, address }] : [];
  });
}
