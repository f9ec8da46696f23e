import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { inTransaction, isRefusal, run, sql } from '#platform';
import { drivers } from '#targets';
import { appendAudit } from '../audit/audited.ts';
import { readConfiguration, versionOf } from '../operations/target-configuration.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import { emptyDatabase } from '../testing/delivery-harness.ts';
import { applyTargets } from './apply-targets.ts';
import { patchTarget } from './patch-target.ts';
import type { ConfigurationPatch } from './schemas.ts';
import { parseTargetsFile } from './targets-file.ts';

let database: ConnectorDatabase;
beforeAll(async () => {
  database = await connectorDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await emptyDatabase(database.db);
  const file = parseTargetsFile(
    JSON.stringify({
      organisations: ['o1', 'o2'].map((id) => ({ id, name: id })),
      systems: ['s1', 's2'].map((id) => ({
        id,
        address: `https://${id}.example.org`,
        secret: 'env:TARGET_SECRET',
      })),
      profiles: [
        { id: 'crm', kind: 'crm', driver: 'crm-sobject' },
        { id: 'hr', kind: 'hr', driver: 'scim' },
      ],
      targets: ['t1', 't2'].map((id) => ({
        id,
        organisation: 'o1',
        system: 's1',
        profile: 'crm',
        scheme: 'map',
        settings: { object: `Of_${id}__c` },
      })),
    }),
    drivers,
  );
  if (isRefusal(file)) throw new Error(JSON.stringify(file.problems));
  await applyTargets(database.db, file);
  await run(database.db, sql`update target set applied_revision = 1, in_step = true`);
});

const read = async (id = 't1') => {
  const found = await readConfiguration(database.db, id);
  if (!found) throw new Error(`no target ${id}`);
  return found;
};
const patch = async (change: ConfigurationPatch, ifMatch?: string, id = 't1', sameRecords = false) => {
  const seen = ifMatch ?? `"${versionOf(await read())}"`;
  return patchTarget(database.db, drivers, id, change, seen, { id: 'anna' }, { sameRecords });
};
const marks = () =>
  run(
    database.db,
    sql`select id, applied_revision as applied, compare_full as "isFull", listed from target order by id`,
  );

it('one target moves and gets settings of its own; the others stay, and the history says who changed what', async () => {
  const before = versionOf(await read());
  const changes = await patch({
    system: { id: 's2' },
    organisation: { id: 'o2' },
    settings: { object: 'Code__c' },
  });
  expect(changes).toMatchObject([{ what: 'target', id: 't1', is: 'changed' }]);
  const now = await read();
  expect(now).toMatchObject({
    system: { id: 's2' },
    organisation: { id: 'o2' },
    settings: { object: 'Code__c' },
  });
  expect(now.history[0]).toMatchObject({
    action: 'target-changed',
    details: { fields: expect.arrayContaining([{ field: 'system', before: 's1', after: 's2' }]) },
  });
  expect(versionOf(now)).toBeGreaterThan(before);
  // Compared in full, because its records may have to say something else; the other one is not touched.
  expect(await marks()).toEqual([
    { id: 't1', applied: 1, isFull: true, listed: true },
    { id: 't2', applied: 1, isFull: false, listed: true },
  ]);
});

it('acts that change no configuration make none stale, and are not in its history', async () => {
  const before = await read();
  await inTransaction(database.db, (transaction) =>
    appendAudit(transaction, { personId: randomUUID() }, [
      { action: 'target-paused', subject: 'target/t1' },
      { action: 'target-retried', subject: 'target/t1' },
    ]),
  );
  expect(await read()).toEqual(before);
  expect(await patch({ system: { id: 's2' } }, `"${versionOf(before)}"`)).toHaveLength(1);
});

it('null takes a setting away, and what is already so changes nothing', async () => {
  await patch({ settings: { object: 'Code__c', fields: { title: 'Title__c' } } });
  expect(await patch({ settings: { object: null } })).toHaveLength(1);
  expect((await read()).settings).toEqual({ fields: { title: 'Title__c' } });
  expect(await patch({ settings: null })).toHaveLength(1);
  const { history } = await read();
  expect(await patch({ system: { id: 's1' } })).toEqual([]);
  expect((await read()).history).toEqual(history);
});

it('all problems are said at once, at their places in the patch, and nothing is changed', async () => {
  const before = await read();
  const refused = await patch({
    organisation: { id: 'nobody' },
    system: { id: 'nowhere' },
    profile: { id: 'nothing' },
    settings: { object: 7 },
  });
  expect(refused).toMatchObject({ code: 'configuration' });
  expect(isRefusal(refused) && refused.problems.map(({ path }) => path)).toEqual([
    'organisation.id',
    'system.id',
    'profile.id',
    'settings.object',
  ]);
  expect(await read()).toEqual(before);
});

it('no target moves to the place of another one', async () => {
  expect(await patch({ settings: { object: 'Of_t2__c' } })).toMatchObject({
    code: 'configuration',
    problems: [{ path: 'settings' }],
  });
  await run(database.db, sql`update system set address = 'https://s1.example.org' where id = 's2'`);
  expect(await patch({ system: { id: 's2' }, settings: { object: 'Of_t2__c' } })).toMatchObject({
    problems: [{ path: 'settings' }],
  });
  await run(database.db, sql`update system set address = 'https://s2.example.org' where id = 's2'`);
  expect(await patch({ system: { id: 's2' }, settings: { object: 'Of_t2__c' } })).toHaveLength(1);
});

it('no target moves to where targets may not be, and what others have is no matter of it', async () => {
  await run(database.db, sql`update system set secret = 'env:DATABASE_URL' where id = 's2'`);
  expect(await patch({ settings: { object: 'Code__c' } })).toHaveLength(1);
  const refused = await patch({ system: { id: 's2' } });
  expect(isRefusal(refused) && refused.problems.map(({ path }) => path)).toEqual(['system.id']);
});

it('a target that holds records keeps its protocol', async () => {
  await run(
    database.db,
    sql`insert into link (target_id, concept_id, generation, external_id, state, code)
        values ('t1', gen_random_uuid(), 1, 'x', 'current', 'A1')`,
  );
  expect(await patch({ profile: { id: 'hr' }, settings: null })).toMatchObject({
    problems: [{ path: 'profile.id' }],
  });
});

it('a target that holds records moves only when these are said to be the same there', async () => {
  await run(
    database.db,
    sql`insert into link (target_id, concept_id, generation, external_id, state, code)
        values ('t1', gen_random_uuid(), 1, 'x', 'current', 'A1')`,
  );
  const move = { system: { id: 's2' }, settings: { object: 'Code__c' } };
  expect(await patch(move)).toMatchObject({
    code: 'configuration',
    problems: [{ path: 'system.id' }, { path: 'settings.object' }],
  });
  expect(await patch(move, undefined, 't1', true)).toMatchObject([{ id: 't1', is: 'changed' }]);
  expect((await read()).history.map(({ action }) => action)).toContain('target-moved');
});

it('whoever saw another version, or means no target, changes nothing', async () => {
  const seen = `"${versionOf(await read())}"`;
  await patch({ system: { id: 's2' } });
  expect(await patch({ system: { id: 's1' } }, seen)).toMatchObject({
    code: 'changed-meanwhile',
    status: 412,
  });
  expect(await patch({}, '*', 'nobody')).toMatchObject({ status: 404 });
  const now = `"${versionOf(await read())}"`;
  const both = await Promise.all(['A__c', 'B__c'].map((object) => patch({ settings: { object } }, now)));
  expect(both.filter(isRefusal)).toHaveLength(1);
});
