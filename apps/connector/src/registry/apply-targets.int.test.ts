import { afterAll, beforeAll, expect, it } from 'vitest';
import { isRefusal, json, run, sql } from '#platform';
import { drivers } from '#targets';
import { inWords } from '#words';
import { readAudit } from '../audit/read-audit.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import { usuallyAllowed } from './allowed.ts';
import { applyAtStart } from './apply-at-start.ts';
import { applyTargets, planTargets } from './apply-targets.ts';
import { exportRegistry, readUnlisted } from './export-registry.ts';
import { warningsOf } from './file-warnings.ts';
import { secretReader } from './secret.ts';
import { parseTargetsFile, type TargetsFile } from './targets-file.ts';

let database: ConnectorDatabase;
beforeAll(async () => {
  database = await connectorDatabase();
});
afterAll(() => database.close());

const chambers = Array.from({ length: 60 }, (_, i) => `cciaa-${i + 1}`);
const kinds = [
  ['crm', 'crm-sobject'],
  ['records', 'cmis'],
  ['hr', 'scim'],
] as const;

/** Each target has its own. */
const placeOf = (kind: 'crm' | 'records' | 'hr', id: string): object => {
  if (kind === 'crm') return { object: `Activity_${id.replace('-', '_')}__c` };
  return kind === 'hr' ? { endpoint: `/${id}` } : { rootPath: `/${id}` };
};

/** 60 chambers with three targets each. */
function chambersFile(change: (file: { profiles: object[]; targets: object[] }) => void = () => undefined) {
  const file = {
    organisations: chambers.map((id) => ({ id, name: `Camera di commercio ${id}` })),
    systems: kinds.map(([id]) => ({ id, address: `https://${id}.example.org`, secret: 'env:TARGET_SECRET' })),
    profiles: kinds.map(([id, driver]) => ({ id, kind: id, driver })),
    targets: chambers.flatMap((organisation) =>
      kinds.map(([kind]) => ({
        id: `${organisation}-${kind}`,
        organisation,
        system: kind,
        profile: kind,
        scheme: 'map',
        settings: placeOf(kind, organisation),
      })),
    ),
  };
  change(file);
  return parsed(file);
}

function parsed(file: unknown): TargetsFile {
  const read = parseTargetsFile(JSON.stringify(file), drivers);
  if (isRefusal(read)) throw new Error(JSON.stringify(read.problems));
  return read;
}

const administrator = { id: 'anna' };
interface WrittenEntry {
  readonly scheme: string;
  readonly code: string | null;
  readonly titles: object;
  readonly until?: number;
}

/** As the replica holds them. */
const writeEntries = (entries: readonly WrittenEntry[]) =>
  run(
    database.db,
    sql`insert into entry (scheme, concept_id, from_revision, to_revision, code, rank, level, titles, notes, attributes, content_hash)
        select scheme, gen_random_uuid(), 1, until, code, 0, 1, titles, '{}', '{}', ''
        from jsonb_to_recordset(${json(entries)}) as e(scheme text, code text, titles jsonb, until int)
        returning concept_id`,
  );

const countTargets = () => run(database.db, sql`select id from target where listed`);

it('a plan says what a file creates, and changes nothing', async () => {
  const planned = await planTargets(database.db, chambersFile());
  expect(planned).toHaveLength(60 + 3 + 3 + 180);
  expect(planned).toContainEqual({
    what: 'target',
    id: 'cciaa-60-hr',
    is: 'created',
    fields: expect.arrayContaining([{ field: 'system', before: null, after: 'hr' }]),
  });
  expect(await countTargets()).toHaveLength(0);
});

it('180 targets come from one file, and the same file again changes nothing', async () => {
  expect(await applyTargets(database.db, chambersFile(), administrator)).toHaveLength(246);
  expect(await countTargets()).toHaveLength(180);
  expect(await applyTargets(database.db, chambersFile(), administrator)).toEqual([]);
});

it('what differs is said field by field, and what is no longer listed, and listed again', async () => {
  const smaller = chambersFile((file) => {
    file.profiles[2] = { id: 'hr', kind: 'hr', driver: 'scim', offsetDays: -60 };
    file.targets.splice(0, 1);
  });
  const changes = [
    {
      what: 'profile',
      id: 'hr',
      is: 'changed',
      fields: [{ field: 'offsetDays', before: 0, after: -60 }],
    },
    { what: 'target', id: 'cciaa-1-crm', is: 'unlisted', fields: [] },
  ];
  expect(await planTargets(database.db, smaller)).toEqual(changes);
  for (const unlist of [0, 2])
    expect(await applyTargets(database.db, smaller, administrator, { unlist })).toMatchObject({
      code: 'targets-file-unlists',
      status: 409,
    });
  expect(await applyTargets(database.db, smaller)).toMatchObject({ code: 'targets-file-unlists' });
  expect(await countTargets()).toHaveLength(180);
  expect(await applyTargets(database.db, smaller, administrator, { unlist: 1 })).toEqual(changes);
  expect(await planTargets(database.db, smaller)).toEqual([]);
  expect(await planTargets(database.db, chambersFile())).toMatchObject([
    { id: 'hr' },
    { id: 'cciaa-1-crm', is: 'listed-again' },
  ]);
});

it('the history of a profile or target says who changed what, and when', async () => {
  const { items } = await readAudit(database.db, { after: 0, limit: 10, subject: 'profile/hr' });
  expect(items).toMatchObject([
    { action: 'profile-created', details: { fields: expect.any(Array) } },
    {
      action: 'profile-changed',
      details: { fields: [{ field: 'offsetDays', before: 0, after: -60 }] },
      at: expect.any(String),
    },
  ]);
  expect(new Set(items.map(({ actor }) => actor)).size).toBe(1);
});

it('what is registered is given back as a file that changes nothing', async () => {
  const file = await exportRegistry(database.db);
  expect(file.targets).toHaveLength(179);
  const read = parsed(file);
  expect(await planTargets(database.db, read)).toEqual([]);
  const [unlisted] = (await readUnlisted(database.db, { limit: 10 })).targets;
  expect(unlisted).toMatchObject({ id: 'cciaa-1-crm', organisation: 'cciaa-1', items: 0 });
});

it('a start applies a file once: what people change afterwards stays until it says something else', async () => {
  const seen = { sameRecords: false };
  const started = (said: string) => applyAtStart(database.db, said, chambersFile(), seen);
  expect(await started('as before')).toMatchObject([{ id: 'hr' }, { id: 'cciaa-1-crm' }]);
  const changed = chambersFile((file) => {
    file.targets.push({ ...file.targets[0], id: 'new', settings: { object: 'New__c' } });
    file.profiles[2] = { id: 'hr', kind: 'hr', driver: 'scim', offsetDays: -30 };
  });
  await applyTargets(database.db, changed, administrator);
  expect(await started('as before')).toBeNull();
  expect(await planTargets(database.db, changed)).toEqual([]);
  expect(await started('otherwise')).toMatchObject({ code: 'targets-file-unlists' });
  expect(await started('as before')).toBeNull();
  await applyTargets(database.db, chambersFile(), administrator, { unlist: 1 });
  expect(await started('otherwise')).toEqual([]);
});

it('maps that nobody knows and secrets that are not there are told, and refuse nothing', async () => {
  const file = chambersFile((changed) => {
    changed.targets[4] = { ...changed.targets[4], scheme: 'mpa' };
  });
  const readSecret = secretReader({ TARGET_SECRET: 'x' }, usuallyAllowed.secrets);
  expect(await warningsOf(database.db, file, readSecret)).toMatchObject([
    { path: 'targets[0].scheme', id: 'cciaa-1-crm' },
    { path: 'targets[4].scheme', id: 'cciaa-2-records' },
  ]);
  await run(
    database.db,
    sql`insert into revision (scheme, number, edition, effective_date, changes, content_hash, published_at)
        values ('map', 1, '2026', '2026-01-01', 0, '', now()) returning number`,
  );
  const warnings = await warningsOf(database.db, file, secretReader({}, usuallyAllowed.secrets));
  expect(warnings.map(({ path, message }) => `${path}: ${inWords(message, 'en')}`)).toEqual([
    'systems[0].secret: The secret env:TARGET_SECRET is not there; until the connector has it, nothing is sent to this system',
    'targets[4].scheme: No revision of a map "mpa" has arrived: nothing is sent before one is published; maps that have one: map',
  ]);
});

it('a language in which the map has no title is refused, with those that it has', async () => {
  const inFrench = chambersFile((file) => {
    file.profiles[0] = { id: 'crm', kind: 'crm', driver: 'crm-sobject', language: 'fr' };
    file.targets.splice(0, 1);
  });
  expect(isRefusal(await planTargets(database.db, inFrench))).toBe(false);
  await writeEntries([
    { scheme: 'map', code: 'A1', titles: {} },
    { scheme: 'map', code: null, titles: { fr: { official: 'Fonction' } } },
    { scheme: 'foreign', code: 'A1', titles: { fr: { official: 'Plan' } } },
  ]);
  expect(isRefusal(await planTargets(database.db, inFrench))).toBe(false);
  await writeEntries([
    { scheme: 'map', code: 'A2', titles: { it: { official: 'Piano' } } },
    { scheme: 'map', code: 'A3', titles: { it: { official: 'Piano' }, de: { official: 'Plan' } } },
  ]);
  const { length: before } = (await readAudit(database.db, { after: 0, limit: 1_000 })).items;
  for (const refused of [
    await planTargets(database.db, inFrench),
    await applyTargets(database.db, inFrench, administrator),
  ]) {
    if (!isRefusal(refused)) throw new Error('it is not refused');
    const [problem, ...others] = refused.problems;
    expect([refused.code, problem?.path, problem?.id, others]).toEqual([
      'targets-file',
      'profiles[0].language',
      'crm',
      [],
    ]);
    expect(inWords(problem?.message ?? '', 'en')).toBe(
      'The map "map" has no title in "fr"; it has titles in: de, it',
    );
    expect(inWords(problem?.message ?? '', 'it')).toBe(
      'La mappa "map" non ha alcun titolo in "fr"; ha titoli in: de, it',
    );
  }
  expect((await readAudit(database.db, { after: 0, limit: 1_000 })).items).toHaveLength(before);
});

it('a language that few entries have, or had, is not', async () => {
  const inFrench = chambersFile((file) => {
    file.profiles[0] = { id: 'crm', kind: 'crm', driver: 'crm-sobject', language: 'fr' };
  });
  expect(isRefusal(await planTargets(database.db, inFrench))).toBe(true);
  const ended = { code: 'A4', titles: { fr: { official: 'Plan' } }, until: 2 };
  await writeEntries([{ scheme: 'map', ...ended }]);
  expect(isRefusal(await planTargets(database.db, inFrench))).toBe(false);
});

it('a target that holds records keeps its map and protocol; the refusal names the place, and changes nothing', async () => {
  await run(
    database.db,
    sql`insert into link (target_id, concept_id, generation, external_id, state, code)
        values ('cciaa-2-crm', gen_random_uuid(), 1, 'x', 'current', 'A1') returning target_id`,
  );
  const other = chambersFile((file) => {
    file.targets[3] = { ...file.targets[3], profile: 'hr', scheme: 'other', settings: {} };
    file.targets.splice(0, 1);
  });
  const { length: before } = (await readAudit(database.db, { after: 0, limit: 1_000 })).items;
  expect(await applyTargets(database.db, other, administrator)).toMatchObject({
    code: 'targets-file',
    problems: [{ path: 'targets[2].scheme' }, { path: 'targets[2].profile' }],
  });
  expect((await readAudit(database.db, { after: 0, limit: 1_000 })).items).toHaveLength(before);
});
