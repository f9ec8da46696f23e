import { isDeepStrictEqual } from 'node:util';
import { drivers, isDriverName } from '#targets';
import { json, run, sql, type Executor, type ProblemDetail } from '#platform';
import { say, type Sentence } from '#words';
import type { TargetsFile } from './targets-file.ts';

type Settings = Readonly<Record<string, unknown>>;

/** A target that has records, or may have some that were sent unseen, as it is registered. */
export interface KeptTarget {
  readonly id: string;
  readonly scheme: string;
  readonly driver: string;
  readonly system: string;
  readonly address: string;
  readonly own: Settings;
  readonly inherited: Settings;
}

/** Those of the file, and those that it does not name on systems whose address it changes. */
export async function readKept(executor: Executor, { targets, systems }: TargetsFile): Promise<KeptTarget[]> {
  return run<KeptTarget>(
    executor,
    sql`select t.id, t.scheme, p.driver, s.id as system, s.address, t.settings as own, p.settings as inherited
        from target t join profile p on p.id = t.profile_id join system s on s.id = t.system_id
          left join jsonb_to_recordset(${json(systems)}) as n(id text, address text) on n.id = s.id
        where (t.id = any(${targets.map(({ id }) => id)}::text[]) or n.address <> s.address)
          and (t.attempting is not null or exists (select from link l where l.target_id = t.id))`,
  );
}

/** A target whose records would be looked for elsewhere. */
export interface Move {
  readonly id: string;
  /** Where it lived until now. */
  readonly from: string;
  /** What in the file moves it. */
  readonly paths: readonly string[];
}

/** Of a target of the file: what it will be. */
interface Next {
  readonly target: TargetsFile['targets'][number];
  readonly at: number;
  readonly profile: TargetsFile['profiles'][number] | undefined;
}

function nextOf({ targets, profiles }: TargetsFile): Map<string, Next> {
  const byId = new Map(profiles.map((profile) => [profile.id, profile]));
  return new Map(targets.map((target, at) => [target.id, { target, at, profile: byId.get(target.profile) }]));
}

/** Records of one protocol or map cannot become records of another. */
export function forbiddenChanges(file: TargetsFile, kept: readonly KeptTarget[]): ProblemDetail[] {
  const next = nextOf(file);
  return kept.flatMap(({ id, scheme, driver }) => {
    const found = next.get(id);
    if (!found) return [];
    const { target, at, profile } = found;
    const changed = [
      ...(target.scheme === scheme ? [] : [{ field: 'scheme', what: say`map` }]),
      ...(profile?.driver === driver ? [] : [{ field: 'profile', what: say`driver` }]),
    ];
    return changed.map(({ field, what }) => ({
      path: `targets[${at}].${field}`,
      message: say`Target "${id}" holds records; its ${what} cannot change. Give it a new id.`,
    }));
  });
}

/** Which targets with records would move: to another system, to another address of theirs, or by settings that say the place. */
export function findMoves(file: TargetsFile, kept: readonly KeptTarget[]): Move[] {
  const next = nextOf(file);
  const systems = new Map(file.systems.map((system, at) => [system.id, { ...system, at }]));
  const profilesAt = new Map(file.profiles.map(({ id }, at) => [id, at]));
  return kept.flatMap((was): Move[] => {
    const found = next.get(was.id);
    const system = systems.get(was.system);
    const isReaddressed = system !== undefined && system.address !== was.address;
    const readdressed = isReaddressed ? [`systems[${system.at}].address`] : [];
    if (!found) return isReaddressed ? [{ id: was.id, from: was.system, paths: readdressed }] : [];
    if (found.profile?.driver !== was.driver) return [];
    const { target, at, profile } = found;
    const pathOf = (setting: string): string => {
      if (setting in target.settings || setting in was.own) return `targets[${at}].settings.${setting}`;
      return `profiles[${profilesAt.get(profile.id) ?? 0}].settings.${setting}`;
    };
    const before = { ...was.inherited, ...was.own };
    const after = { ...profile.settings, ...target.settings };
    const paths = [
      ...(target.system === was.system ? readdressed : [`targets[${at}].system`]),
      ...placesThatDiffer(was.driver, before, after).map(pathOf),
    ];
    return paths.length > 0 ? [{ id: was.id, from: was.system, paths }] : [];
  });
}

/** Targets that are named in one sentence; of more, how many they are. */
const mostNamed = 20;

/** One problem for each place in the file, with the targets that it moves. */
export function problemsOfMoves(moves: readonly Move[]): ProblemDetail[] {
  const movedBy = Map.groupBy(
    moves.flatMap(({ id, paths }) => paths.map((path) => ({ id, path }))),
    ({ path }) => path,
  );
  return [...movedBy].map(([path, moved]) => ({
    path,
    message: say`${named(moved.map(({ id }) => id))}: there are records, which would be looked for at another place. If the same records stand there, say so with sameRecords (--same-records): they are read before anything is sent. If not, give the targets new ids.`,
  }));
}

function named(ids: readonly string[]): string {
  const more = ids.length - mostNamed;
  const shown = ids
    .slice(0, mostNamed)
    .map((id) => `"${id}"`)
    .join(', ');
  return more > 0 ? `${shown}, … (+${more})` : shown;
}

/** What is said of each target whose records are said to be the same at another place. */
export const movesInWords = (moves: readonly Move[]): { readonly message: Sentence }[] =>
  moves.map(({ id }) => ({
    message: say`"${id}" moves: its records are read at the new place before anything is sent`,
  }));

function placesThatDiffer(driver: string, before: Settings, after: Settings): string[] {
  if (!isDriverName(driver)) return [];
  const { place, fields, settingsSchema } = drivers[driver];
  const filled = (settings: Settings): Settings => settingsSchema.safeParse(settings).data ?? settings;
  const [old, now] = [filled(before), filled(after)];
  return [...place, ...fields].filter((setting) => !isDeepStrictEqual(old[setting], now[setting]));
}
