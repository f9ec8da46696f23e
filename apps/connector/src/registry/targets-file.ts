import { z } from 'zod';
import { textSchema } from '#contracts';
import { refuse, type ProblemDetail, type Refusal } from '#platform';
import type { Connection, Driver } from '#targets';
import { problemsOfIssues, say, type Sentence } from '#words';
import { policiesSchema } from '../delivery/policies.ts';
import { notAllowed, usuallyAllowed, type Allowed } from './allowed.ts';
import { codeLengthProblems } from './code-length-problems.ts';
import { deletionProblems } from './deletion-problems.ts';
import { withIds } from './place-in-file.ts';
import { isFields, readPartly } from './read-partly.ts';
import { samePlaceProblems } from './same-place.ts';
import { blackoutsSchema, windowsSchema } from './schedule.ts';

const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id has small letters, digits and single hyphens')
  .max(60);

const secretReference = textSchema.regex(
  /^(env:[A-Za-z_][A-Za-z0-9_]*|file:\/.+)$/,
  'a secret is named, never written: env:NAME or file:/PATH',
);

/** The address is shown to everybody; who may in is `user` and `secret`. */
function isBare(address: string): boolean {
  if (!URL.canParse(address)) return true;
  const { username, password } = new URL(address);
  return !username && !password && !/[?#]/.test(address);
}

/** Of a driver, whose own schema says more. */
const settingsSchema = z
  .record(textSchema, z.unknown())
  .refine(isStorable, 'has characters that cannot be stored');

function isStorable(settings: unknown): boolean {
  const texts = JSON.stringify(settings);
  return !/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/.test(texts);
}

const organisationSchema = z.strictObject({
  id,
  name: textSchema.min(1).max(300),
  /** Whether a revision is adopted by itself on its effective date, or only by an act of the organisation. */
  adopts: z.enum(['on-effective-date', 'by-act']).default('on-effective-date'),
  /** Where waves are in use, a new revision reaches the organisations of wave 1 first. */
  wave: z.int().min(1).max(100).default(1),
});

const systemSchema = z.strictObject({
  id,
  /** Base address of the server, shared by all targets that live on it. */
  address: z
    .url({ protocol: /^https?$/, error: 'an http address is expected' })
    .refine(isBare, 'an address names no user or password, and has no query and no fragment')
    .transform((url) => url.replace(/\/+$/, '')),
  user: textSchema.max(500).default(''),
  secret: secretReference,
  /** Requests at the same time, to all its targets together. */
  concurrency: z.int().min(1).max(64).default(4),
  /** Requests in a second, to all its targets together; without it, as many as are answered. */
  rateLimitPerSecond: z.number().min(0.001).max(10_000).nullable().default(null),
  windows: windowsSchema,
  blackouts: blackoutsSchema,
});

const profileSchema = z.strictObject({
  id,
  kind: z.enum(['crm', 'records', 'hr', 'other']),
  driver: textSchema.min(1),
  /** Which titles of an entry the product shows. */
  language: textSchema.min(1).max(35).default('it'),
  /** `show` a placeholder where the source has no title, or `refuse` such an entry and what stands below it. */
  missingTitle: z.enum(['show', 'refuse']).default('show'),
  policies: policiesSchema.default({}),
  settings: settingsSchema.default({}),
  /** Days after the day of adoption on which a revision is taken over; negative: before it. */
  offsetDays: z.int().min(-366).max(366).default(0),
  /** `hold` a target to which more would be done than was approved for the profile, until a person releases it. */
  guard: z.enum(['hold', 'off']).default('hold'),
});
export type Profile = z.infer<typeof profileSchema>;

const targetSchema = z.strictObject({
  id,
  organisation: id,
  system: id,
  profile: id,
  scheme: id,
  /** What this target has otherwise than its profile, for example its own root folder. */
  settings: settingsSchema.default({}),
  /** How a new target starts; one that is known keeps its mode. */
  mode: z.enum(['observe', 'on']).default('observe'),
});

const targetsFileSchema = z.strictObject({
  organisations: z.array(organisationSchema),
  systems: z.array(systemSchema),
  profiles: z.array(profileSchema),
  targets: z.array(targetSchema),
});
export type TargetsFile = z.infer<typeof targetsFileSchema>;

/** Names that a targets file may mention, with their values: `{ SANDBOX_URL: 'http://127.0.0.1:7330' }`. */
export type Substitutions = Readonly<Record<string, string>>;

/** The drivers that a profile may name, each with what it expects of `settings`. */
export type KnownDrivers = Readonly<
  Record<
    string,
    {
      readonly settingsSchema: z.ZodType<Readonly<Record<string, unknown>>>;
      /** Settings that say where in its system the records of a target are; absent: nobody knows. */
      readonly place?: readonly string[];
      /** Settings that may be addresses of other hosts. */
      readonly addresses?: readonly string[];
      create(connection: Connection): Driver;
    }
  >
>;

/**
 * Reads a targets file; `${NAME}` in it stands for a substitution.
 * @param drivers the drivers that exist, by name
 * @param allowed what targets may be and have
 * @returns the file, or one refusal with every problem and its place
 */
export function parseTargetsFile(
  text: string,
  drivers: KnownDrivers,
  substitutions: Substitutions = {},
  allowed: Allowed = usuallyAllowed,
): TargetsFile | Refusal {
  const { read, unknown } = substitute(text, substitutions);
  let json: unknown;
  try {
    json = JSON.parse(read);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return refuseFile([...unknown, { message: say`It is not JSON: ${words}` }]);
  }
  const parsed = targetsFileSchema.safeParse(json);
  const file = parsed.data ?? whatCanBeRead(json);
  const issues = parsed.error?.issues ?? [];
  const problems = [
    ...duplicateIds(file),
    ...danglingNames(file, drivers),
    ...deletionProblems(file, drivers),
    ...codeLengthProblems(file, drivers),
    ...samePlaceProblems(readWhole(file, issues), drivers),
    ...notAllowed(file, drivers, allowed),
  ];
  const all = [...unknown, ...formProblems(issues), ...problems.filter(isReadIn(issues))];
  return all.length > 0 || !parsed.data ? refuseFile(withIds(all, json)) : parsed.data;
}

const unread = (place: number): { readonly id: string } => ({ id: `unread-${place}` });

/** Stand-ins take the place of what has the wrong form, and no two are alike. */
function whatCanBeRead(json: unknown): TargetsFile {
  const lists = isFields(json) ? json : {};
  return {
    organisations: readPartly(lists['organisations'], organisationSchema, (place) => ({
      ...unread(place),
      name: '?',
    })),
    systems: readPartly(lists['systems'], systemSchema, (place) => ({
      ...unread(place),
      address: `http://${unread(place).id}`,
      secret: 'env:UNREAD',
    })),
    profiles: readPartly(lists['profiles'], profileSchema, (place) => ({
      ...unread(place),
      kind: 'other',
      driver: 'unread',
    })),
    targets: readPartly(lists['targets'], targetSchema, (place) => {
      const { id } = unread(place);
      return { id, organisation: id, system: id, profile: id, scheme: id };
    }),
  };
}

/** Where the records of a target are is told by all of it, its system and its profile; those that are read in part tell of no place. */
function readWhole(
  { systems, profiles, targets }: TargetsFile,
  issues: readonly z.core.$ZodIssue[],
): Pick<TargetsFile, 'systems' | 'profiles' | 'targets'> {
  const partly = new Set(issues.map(({ path: [list, at] }) => `${String(list)}[${String(at)}]`));
  return {
    systems: systems.filter((_, at) => !partly.has(`systems[${at}]`)),
    profiles: profiles.filter((_, at) => !partly.has(`profiles[${at}]`)),
    targets: targets.map((target, at) =>
      partly.has(`targets[${at}]`) ? { ...target, profile: unread(at).id } : target,
    ),
  };
}

/** Fields that the file as such does not have are named at their place. */
function formProblems(issues: readonly z.core.$ZodIssue[]): ProblemDetail[] {
  return issues.flatMap((issue): ProblemDetail[] =>
    issue.code === 'unrecognized_keys' && issue.path.length === 0
      ? issue.keys.map((path) => ({
          path,
          message: say`It is not known here; a targets file has organisations, systems, profiles and targets`,
        }))
      : problemsOfIssues([issue]),
  );
}

const lies = (inner: string, outer: string): boolean =>
  inner === outer || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`);

/** Of what a stand-in takes the place of, nothing more is said; nor of names in a list that cannot be read. */
function isReadIn(issues: readonly z.core.$ZodIssue[]): (problem: ProblemDetail) => boolean {
  const unread = problemsOfIssues(issues.filter(({ code }) => code !== 'unrecognized_keys')).map(
    ({ path = '' }) => path,
  );
  return ({ path = '' }) => {
    const [, field] = /^targets\[\d+\]\.(organisation|system|profile)$/.exec(path) ?? [];
    return !unread.some((wrong) => lies(path, wrong) || lies(wrong, path) || wrong === `${field}s`);
  };
}

function substitute(
  text: string,
  substitutions: Substitutions,
): { readonly read: string; readonly unknown: ProblemDetail[] } {
  const names = new Set([...text.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name));
  const unknown = [...names].filter((name) => !Object.hasOwn(substitutions, name));
  return {
    read: text.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) =>
      Object.hasOwn(substitutions, name) ? JSON.stringify(substitutions[name]).slice(1, -1) : whole,
    ),
    unknown: unknown.map((name) => ({ message: say`Nothing is known to put in place of \${${name}}` })),
  };
}

function duplicateIds(file: TargetsFile): ProblemDetail[] {
  return (['organisations', 'systems', 'profiles', 'targets'] as const).flatMap((list) => {
    const seen = new Set<string>();
    return file[list].flatMap(({ id }, i) => {
      const isTwice = seen.has(id);
      seen.add(id);
      return isTwice ? [{ path: `${list}[${i}].id`, message: say`"${id}" stands twice` }] : [];
    });
  });
}

function danglingNames(file: TargetsFile, drivers: KnownDrivers): ProblemDetail[] {
  const known = {
    organisation: new Set(file.organisations.map(({ id }) => id)),
    system: new Set(file.systems.map(({ id }) => id)),
    profile: new Set(file.profiles.map(({ id }) => id)),
  };
  const names = file.targets.flatMap((target, i) =>
    (['organisation', 'system', 'profile'] as const)
      .filter((field) => !known[field].has(target[field]))
      .map((field) => ({ path: `targets[${i}].${field}`, message: nobodyKnows(field, target[field]) })),
  );
  const profiles = file.profiles.flatMap((profile, i) => [
    ...unknownDriver(profile, i, drivers),
    ...settingsProblems(['profiles', i], profile.driver, profile.settings, drivers),
  ]);
  return [...names, ...profiles, ...targetSettingsProblems(file, drivers)];
}

/** A reference to what is not there. */
export function nobodyKnows(field: 'organisation' | 'system' | 'profile', id: string): Sentence {
  if (field === 'organisation') return say`There is no organisation "${id}"`;
  return field === 'system' ? say`There is no system "${id}"` : say`There is no profile "${id}"`;
}

function targetSettingsProblems({ profiles, targets }: TargetsFile, drivers: KnownDrivers): ProblemDetail[] {
  const byId = new Map(profiles.map((profile) => [profile.id, profile]));
  return targets.flatMap(({ profile, settings }, i) => {
    const inherited = byId.get(profile);
    if (!inherited || Object.keys(settings).length === 0) return [];
    return settingsProblems(
      ['targets', i],
      inherited.driver,
      { ...inherited.settings, ...settings },
      drivers,
    );
  });
}

function unknownDriver({ driver }: Profile, place: number, drivers: KnownDrivers): ProblemDetail[] {
  if (Object.hasOwn(drivers, driver)) return [];
  const message = say`There is no driver "${driver}"; there are ${Object.keys(drivers).join(', ')}`;
  return [{ path: `profiles[${place}].driver`, message }];
}

function settingsProblems(
  place: readonly (string | number)[],
  driver: string,
  settings: Profile['settings'],
  drivers: KnownDrivers,
): ProblemDetail[] {
  const issues = drivers[driver]?.settingsSchema.safeParse(settings).error?.issues ?? [];
  return problemsOfIssues(issues, [...place, 'settings']);
}

function refuseFile(problems: ProblemDetail[]): Refusal {
  return refuse('targets-file', {
    title: say`The targets file cannot be used; nothing was changed`,
    problems,
  });
}
