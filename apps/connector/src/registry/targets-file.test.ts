import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isRefusal } from '#platform';
import { inWords } from '#words';
import { drivers } from '#targets';
import { SimulatedTarget } from '../testing/simulated-target.ts';
import { parseTargetsFile } from './targets-file.ts';

const known = {
  simulated: {
    settingsSchema: z.strictObject({ size: z.int().optional() }),
    create: () => new SimulatedTarget(),
  },
};
const file = {
  organisations: [{ id: 'demo', name: 'Ente' }],
  systems: [{ id: 'crm', address: '${BASE}/crm/', user: 'mappa', secret: 'env:TARGET_CRM' }],
  profiles: [{ id: 'crm', kind: 'crm', driver: 'simulated' }],
  targets: [{ id: 'demo-crm', organisation: 'demo', system: 'crm', profile: 'crm', scheme: 'map' }],
};
const parse = (value: unknown) =>
  parseTargetsFile(JSON.stringify(value), known, { BASE: 'http://127.0.0.1:1' });
const problemsOf = (value: unknown): string[] => {
  const parsed = typeof value === 'string' ? parseTargetsFile(value, known) : parse(value);
  return isRefusal(parsed)
    ? parsed.problems.map(({ path, message }) => `${path ?? ''}: ${inWords(message, 'en')}`)
    : [];
};

describe('a targets file', () => {
  it('is read with its defaults, and with names in place', () => {
    expect(parse(file)).toMatchObject({
      systems: [{ address: 'http://127.0.0.1:1/crm' }],
      profiles: [{ language: 'it', missingTitle: 'show', settings: {}, guard: 'hold' }],
    });
  });

  it('of the demonstration is a good one', () => {
    const text = readFileSync('data/demo/targets.json', 'utf8');
    expect(isRefusal(parseTargetsFile(text, drivers, { SANDBOX_URL: 'http://127.0.0.1:7330' }))).toBe(false);
  });

  it('never holds a secret, only the name of one', () => {
    const [system] = file.systems;
    expect(problemsOf({ ...file, systems: [{ ...system, secret: 'hunter2' }] })).toEqual([
      'systems[0].secret: a secret is named, never written: env:NAME or file:/PATH',
    ]);
  });

  it.each([
    'http://admin:hunter2@crm.example',
    'http://admin@crm.example',
    'http://crm.example/x?y=1',
    'http://crm.example#y',
  ])('has addresses without user, query and fragment: not %s', (address) => {
    const [system] = file.systems;
    expect(problemsOf({ ...file, systems: [{ ...system, address }] })).toEqual([
      'systems[0].address: an address names no user or password, and has no query and no fragment',
    ]);
  });

  it('has only texts that can be stored', () => {
    const [[organisation], [system], [profile]] = [file.organisations, file.systems, file.profiles];
    const odd = {
      ...file,
      organisations: [{ ...organisation, name: 'E\0' }],
      systems: [{ ...system, user: '\ud83d', secret: 'file:/a\0' }],
      profiles: [{ ...profile, language: 'i\0', settings: { x: ['\0'] } }],
    };
    expect(problemsOf(odd).map((problem) => problem.split(':')[0])).toEqual([
      'organisations[0].name',
      'systems[0].user',
      'systems[0].secret',
      'profiles[0].language',
      'profiles[0].settings',
    ]);
    const escaped = { ...profile, settings: { size: 1, '\\u0000': undefined } };
    expect(problemsOf({ ...file, profiles: [escaped] })).toEqual([]);
  });

  it.each([
    [{}, {}, ['targets[1].settings']],
    [{}, { endpoint: '/ActivityCodes' }, ['targets[1].settings']],
    [{}, { endpoint: '/Others' }, []],
  ])('has no two targets at one place: %j and %j', (one, other, expected) => {
    const [target] = file.targets;
    const parsed = parseTargetsFile(
      JSON.stringify({
        ...file,
        profiles: [{ id: 'crm', kind: 'crm', driver: 'scim' }],
        targets: [
          { ...target, settings: one },
          { ...target, id: 'other', settings: other },
        ],
      }),
      drivers,
      { BASE: 'http://127.0.0.1:1' },
    );
    expect(isRefusal(parsed) ? parsed.problems.map(({ path }) => path) : []).toEqual(expected);
  });

  it.each([
    ['scim', '${BASE}/crm', 'mappa', ['targets[1].settings']],
    ['scim', 'HTTP://127.0.0.1:1/crm/', 'mappa', ['targets[1].settings']],
    ['scim', '${BASE}/crm', 'another', []],
    ['scim', '${BASE}/hr', 'mappa', []],
    ['webhook', '${BASE}/crm', 'mappa', []],
  ])('nor by a second system for one server: %s at %s for %s', (driver, address, user, expected) => {
    const [[system], [target]] = [file.systems, file.targets];
    const parsed = parseTargetsFile(
      JSON.stringify({
        ...file,
        systems: [system, { ...system, id: 'again', address, user }],
        profiles: [{ id: 'crm', kind: 'crm', driver }],
        targets: [target, { ...target, id: 'other', system: 'again' }],
      }),
      drivers,
      { BASE: 'http://127.0.0.1:1' },
    );
    expect(isRefusal(parsed) ? parsed.problems.map(({ path }) => path) : []).toEqual(expected);
  });

  it('leaves room for the code of a record out of use, where codes are unique', () => {
    const text = JSON.stringify({
      ...file,
      profiles: [{ id: 'crm', kind: 'crm', driver: 'scim', settings: { longestCode: 24 } }],
    });
    const refused = parseTargetsFile(text, drivers, { BASE: 'http://127.0.0.1:1' });
    expect(isRefusal(refused) && refused.problems.map(({ path }) => path)).toEqual([
      'profiles[0].settings.longestCode',
    ]);
  });

  it('says whether targets are held that would go beyond the approved plan', () => {
    const [profile] = file.profiles;
    expect(parse({ ...file, profiles: [{ ...profile, guard: 'off' }] })).toMatchObject({
      profiles: [{ guard: 'off' }],
    });
    expect(problemsOf({ ...file, profiles: [{ ...profile, guard: 'on' }] })).toEqual([
      expect.stringContaining('profiles[0].guard: '),
    ]);
  });

  it('is answered with everything that is wrong at once', () => {
    const [target] = file.targets;
    expect(
      problemsOf({
        ...file,
        profiles: [
          { id: 'crm', kind: 'crm', driver: 'simulated', settings: { size: 'big', colour: 'red' } },
          { id: 'hr', kind: 'hr', driver: 'telepathy' },
        ],
        targets: [target, { ...target, system: 'nowhere', organisation: 'nobody' }],
      }),
    ).toEqual([
      'targets[1].id: "demo-crm" stands twice',
      'targets[1].organisation: There is no organisation "nobody"',
      'targets[1].system: There is no system "nowhere"',
      expect.stringContaining('profiles[0].settings.size: '),
      expect.stringContaining('profiles[0].settings: '),
      'profiles[1].driver: There is no driver "telepathy"; there are simulated',
    ]);
  });

  it('is answered with what is wrong beyond its form too, and once for each place', () => {
    const [[system], [profile], [target]] = [file.systems, file.profiles, file.targets];
    expect(
      problemsOf({
        ...file,
        foo: 1,
        systems: [system, { ...system, id: 'Bad Id', address: 'ftp://x', colour: 'red' }, 7],
        profiles: [profile, { ...profile, id: 'hr', driver: 'telepathy', offsetDays: 'soon' }],
        targets: [
          target,
          { ...target, colour: 'red', system: 'nowhere' },
          { ...target, id: 'x3', organisation: undefined, profile: 'nobody' },
          { ...target, id: 'x4', profile: 'hr', system: 'Bad Id' },
          null,
        ],
      }),
    ).toEqual([
      'systems[1].id: an id has small letters, digits and single hyphens',
      'systems[1].address: an http address is expected',
      'systems[1]: It has what is not known here: colour.',
      'systems[2]: It must be an object with fields.',
      'profiles[1].offsetDays: It must be a number.',
      'targets[1]: It has what is not known here: colour.',
      'targets[2].organisation: It is missing.',
      'targets[3].system: an id has small letters, digits and single hyphens',
      'targets[4]: It must be an object with fields.',
      'foo: It is not known here; a targets file has organisations, systems, profiles and targets',
      'targets[1].id: "demo-crm" stands twice',
      'targets[1].system: There is no system "nowhere"',
      'targets[2].profile: There is no profile "nobody"',
      'profiles[1].driver: There is no driver "telepathy"; there are simulated',
    ]);
  });

  it.each([
    ['an id', { targets: [{ id: 'Demo CRM' }, { id: 'two' }] }, ['targets[0].id']],
    ['an id after it', { targets: [{ id: 'one' }, { id: 'Demo CRM' }] }, ['targets[1].id']],
    ['settings', { targets: [{ id: 'one', settings: 7 }, { id: 'two' }] }, ['targets[0].settings']],
    ['an unknown field', { targets: [{ id: 'one', setings: {} }, { id: 'two' }] }, ['targets[0]']],
    ['a system', { systems: [{ user: 7 }], targets: [{ id: 'one' }, { id: 'two' }] }, ['systems[0].user']],
    [
      'a profile',
      { profiles: [{ settings: 7 }], targets: [{ id: 'one' }, { id: 'two' }] },
      ['profiles[0].settings'],
    ],
    [
      'no such system',
      {
        targets: [
          { id: 'one', system: 'x' },
          { id: 'two', system: 'y' },
        ],
      },
      ['targets[0].system', 'targets[1].system'],
    ],
    [
      'another profile',
      { profiles: [{}, { id: 'hr', settings: 7 }], targets: [{ id: 'one' }, { id: 'two' }] },
      ['profiles[1].settings', 'targets[1].settings'],
    ],
  ])('says nothing of the place of what it cannot read whole: %s', (_, changed, expected) => {
    const [[system], [target]] = [file.systems, file.targets];
    const profile = { id: 'crm', kind: 'crm', driver: 'scim' };
    const { systems = [{}], profiles = [{}], targets } = changed as Record<string, object[]>;
    const text = JSON.stringify({
      ...file,
      systems: systems.map((other) => ({ ...system, ...other })),
      profiles: profiles.map((other) => ({ ...profile, ...other })),
      targets: targets?.map((other) => ({ ...target, ...other })),
    });
    const parsed = parseTargetsFile(text, drivers, { BASE: 'http://127.0.0.1:1' });
    expect(isRefusal(parsed) ? parsed.problems.map(({ path }) => path) : []).toEqual(expected);
  });

  const noMoment = '.from: a moment such as 12-31T23:30 (every year) or 2026-12-31T23:30 is expected';
  it.each([
    ['13-31T00:00', '01-01T06:00', noMoment],
    ['13-31', '01-01T06:00', noMoment],
    ['2026-13-31T00:00', '2026-01-01T06:00', noMoment],
    ['2026-12-31T23:30', '01-01T06:00', ': both ends have a year, or none has'],
    ['2026-12-31T23:30', '2026-01-01T06:00', ': it ends before it begins'],
  ])('says one thing of a blackout that is none: from %s to %s', (from, to, expected) => {
    const [system] = file.systems;
    expect(problemsOf({ ...file, systems: [{ ...system, blackouts: [{ from, to }] }] })).toEqual([
      `systems[0].blackouts[0]${expected}`,
    ]);
  });

  it('names the item at which something is wrong by its id too', () => {
    const [target] = file.targets;
    const parsed = parse({
      ...file,
      targets: [target, { ...target, id: 'x1', system: 'nowhere', mode: 'off' }],
    });
    expect(isRefusal(parsed) && parsed.problems).toMatchObject([
      { path: 'targets[1].mode', id: 'x1' },
      { path: 'targets[1].system', id: 'x1' },
    ]);
  });

  it('does not repeat for each reference that a list cannot be read', () => {
    expect(problemsOf({ ...file, systems: undefined })).toEqual(['systems: It is missing.']);
    expect(problemsOf([])).toEqual([': It must be an object with fields.']);
  });

  it('deletes only where a record in use would be kept', () => {
    const profiles = Object.keys(drivers).map((driver) => ({
      id: driver,
      kind: 'other',
      driver,
      policies: { retire: 'delete' },
    }));
    const [target] = file.targets;
    const targets = [
      { ...target, id: 'one', profile: 'scim', settings: { refusesUsed: true } },
      { ...target, id: 'two', profile: 'tryton', settings: { model: 'party.category' } },
      { ...target, id: 'three', profile: 'odata', settings: { batchSize: 10 } },
      { ...target, id: 'four', profile: 'crm-sobject', settings: { uses: null } },
    ];
    const text = JSON.stringify({ ...file, profiles, targets }).replace('${BASE}', 'http://127.0.0.1:1');
    const parsed = parseTargetsFile(text, drivers);
    const problems = isRefusal(parsed)
      ? parsed.problems.map(({ path, message }) => `${path}: ${inWords(message, 'en')}`)
      : [];
    const places = Object.keys(drivers);
    const isUnseen = (path: string, driver: string): string =>
      `${path}: With these settings the driver "${driver}" does not see which records are in use, and the system is not said to refuse to delete them (refusesUsed)`;
    const profileOf = (driver: string): string => `profiles[${places.indexOf(driver)}].policies.retire`;
    expect(problems).toEqual([
      isUnseen(profileOf('odata'), 'odata'),
      isUnseen(profileOf('scim'), 'scim'),
      `${profileOf('webhook')}: The driver "webhook" cannot delete records`,
      isUnseen('targets[2].settings', 'odata'),
      isUnseen('targets[3].settings', 'crm-sobject'),
    ]);
  });

  it('that is no JSON, or names what nobody knows, is refused in plain words', () => {
    expect(problemsOf('{ "organisations": [')[0]).toMatch(/^: It is not JSON/);
    const [system] = file.systems;
    expect(problemsOf({ ...file, systems: [{ ...system, address: '${NOWHERE}' }] })).toEqual([
      ': Nothing is known to put in place of ${NOWHERE}',
      'systems[0].address: an http address is expected',
    ]);
  });
});
