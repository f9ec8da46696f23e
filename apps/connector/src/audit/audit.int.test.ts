import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refuse, run, sql, type ActorIdentity, type AskAuditDatabase } from '#platform';
import { say } from '#words';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import { applyTargets } from '../registry/apply-targets.ts';
import { audited } from './audited.ts';
import { erasePerson } from './erase-person.ts';
import { ownActors, personOf } from './person.ts';
import { readAudit } from './read-audit.ts';
import { readPersons } from './read-persons.ts';
import { verifyAudit } from './verify-audit.ts';

let database: ConnectorDatabase;
beforeAll(async () => {
  database = await connectorDatabase();
});
afterAll(() => database.close());

const verify = () => verifyAudit((text, values) => database.db.query(text, [...values]));

/** Does something past every guard, and takes it back. */
async function tampered<T>(
  statements: readonly string[],
  look: (ask: AskAuditDatabase) => Promise<T>,
): Promise<T> {
  const superuser = new Client({ connectionString: database.adminUrl });
  await superuser.connect();
  await superuser.query('set search_path to connector; begin; set session_replication_role = replica');
  for (const statement of statements) await superuser.query(statement);
  const seen = await look(async (text, values) => (await superuser.query(text, [...values])).rows);
  await superuser.query('rollback');
  await superuser.end();
  return seen;
}
const actor = (id: string): ActorIdentity => ({ id, roles: ['operator'] });
const act = (action: string, by = 'mario') =>
  audited(database.db, actor(by), { action, subject: 'target/città', details: { action } }, async () => 1);

it('acts are numbered and chained by the database, also when many act at once, under random ids', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, i) => act(`act-${i}`, i % 2 ? 'mario' : 'anna')));
  const { items, next } = await readAudit(database.db, { after: 0, limit: 100 });
  expect(items.map(({ position }) => position)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  expect(new Set(items.map(({ actor }) => actor)).size).toBe(2);
  expect(next).toBeNull();
  expect(await verify()).toEqual({ holds: true, entries: 20, head: items.at(-1)?.hash });
});

it('a person is erased, their acts stay as they were, and whoever comes back is somebody else', async () => {
  const [mario = '', anna = ''] = await Promise.all(
    ['mario', 'anna'].map((id) => personOf(database.db, { id })),
  );
  expect(await erasePerson(database.db, anna, anna)).toMatchObject({ code: 'self-erasure', status: 409 });
  expect(await erasePerson(database.db, randomUUID(), anna)).toMatchObject({ status: 404 });
  const machine = await personOf(database.db, ownActors.targetsFile);
  expect(await erasePerson(database.db, machine, anna)).toMatchObject({ code: 'no-person', status: 409 });
  const { items } = await readAudit(database.db, { after: 0, limit: 100 });
  for (const changed of [true, false])
    expect(await erasePerson(database.db, mario, anna)).toEqual({ changed });
  expect((await readAudit(database.db, { after: 0, limit: 100 })).items).toEqual(items);
  expect(await verify()).toMatchObject({ holds: true });
  expect(await run(database.db, sql`select subject from person where id = ${mario}`)).toEqual([
    { subject: null },
  ]);
  expect(await personOf(database.db, { id: 'mario' })).not.toBe(mario);
});

it('persons are read page by page, those too who were erased', async () => {
  for (let i = 0; i < 4; i++) await personOf(database.db, { id: `person-${i}` });
  const all = await run<{ id: string }>(database.db, sql`select id, subject from person order by id`);
  const first = await readPersons(database.db, { limit: 2 });
  expect(first).toEqual({ items: all.slice(0, 2), next: all[1]?.id });
  const seen = [...first.items];
  for (let { next } = first; next !== null;) {
    const page = await readPersons(database.db, { limit: 2, cursor: next });
    seen.push(...page.items);
    ({ next } = page);
  }
  expect(seen).toEqual(all);
});

it('an act that is refused leaves nothing behind', async () => {
  const { items: before } = await readAudit(database.db, { after: 0, limit: 100 });
  await audited(database.db, actor('mario'), { action: 'lost', subject: 'x' }, async (transaction) => {
    await run(transaction, sql`insert into halt (reason) values ('lost')`);
    return refuse('no', { title: say`There is no such draft` });
  });
  expect((await readAudit(database.db, { after: 0, limit: 100 })).items).toEqual(before);
  expect(await run(database.db, sql`select reason from halt`)).toEqual([]);
});

it('nobody changes or removes an entry, not even the owner of the table', async () => {
  const owner = new Client({ connectionString: database.adminUrl });
  await owner.connect();
  await owner.query('set search_path to connector; set role mappa_connector_owner');
  for (const statement of [
    `update audit set action = 'x'`,
    'delete from audit where position = 1',
    'truncate audit',
  ]) {
    await expect(owner.query(statement)).rejects.toThrow('the audit log is never changed');
    await expect(database.db.query(statement)).rejects.toThrow(/permission denied|never changed/);
  }
  await owner.end();
});

it('a temporary table of its name does not stand in for the log, where one can be made at all', async () => {
  await expect(database.db.query('create temp table audit (position bigint)')).rejects.toThrow(
    /permission denied/,
  );
  const superuser = new Client({ connectionString: database.adminUrl });
  await superuser.connect();
  await superuser.query(`set search_path to connector; begin;
    create temp table audit as select 998::bigint as position, sha256('x') as hash;
    insert into connector.audit (actor, action, subject, details) values (gen_random_uuid(), 'forged', 'x', '{}')`);
  const { rows } = await superuser.query(
    `select from connector.audit where action = 'forged' and position = 999`,
  );
  await superuser.query('rollback');
  await superuser.end();
  expect(rows).toEqual([]);
});

it('every function names where it looks for tables, and temporary ones come last', async () => {
  const settings = await run(
    database.db,
    sql`
    select distinct p.proconfig from pg_proc p join pg_language l on l.oid = p.prolang
    where p.pronamespace = 'connector'::regnamespace and l.lanname = 'plpgsql'`,
  );
  expect(settings).toEqual([{ proconfig: ['search_path=connector, pg_temp'] }]);
});

it.each([
  ['was changed', `update audit set subject = 'target/other' where position = 7`, 7],
  ['has a hash of its own', `update audit set hash = sha256('x') where position = 7`, 7],
  ['was taken out', 'delete from audit where position = 7', 8],
  [
    'was written anew with its hash',
    `update audit a set subject = 'target/other', hash = audit_hash((select hash from audit where position = 6),
       row(a.position, a.at, a.actor, a.action, 'target/other', a.details, a.hash)::audit) where position = 7`,
    8,
  ],
])('an entry that %s, past every guard, shows in the chain', async (_, statement, position) => {
  expect(await tampered([statement], verifyAudit)).toMatchObject({ holds: false, position });
  expect(await verify()).toMatchObject({ holds: true });
});

describe('a log that was cut short', () => {
  const cutFrom = (position: number) => `delete from audit where position >= ${position}`;
  let registered: number;
  beforeAll(async () => {
    await applyTargets(database.db, {
      organisations: [{ id: 'camera', name: 'Camera', adopts: 'on-effective-date', wave: 1 }],
      systems: [],
      profiles: [],
      targets: [],
    });
    const verdict = await verify();
    registered = verdict.holds ? verdict.entries : 0;
    await act('after');
  });

  it('is told by what was done, wherever it is cut before that', async () => {
    expect(await tampered([cutFrom(registered + 1)], verifyAudit)).toMatchObject({ holds: true });
    for (const position of [registered, 1])
      expect(await tampered([cutFrom(position)], verifyAudit)).toMatchObject({
        holds: false,
        position,
        reason: { values: ['organisation-created', 'organisation/camera'] },
      });
  });

  it('is told by a head that was kept elsewhere, wherever it is cut', async () => {
    const { items } = await readAudit(database.db, { after: 0, limit: 100 });
    const kept = [{ hash: items.at(-1)?.hash ?? '', who: say`--head` }];
    const look = (ask: AskAuditDatabase) => verifyAudit(ask, kept);
    expect(await tampered([], look)).toMatchObject({ holds: true, entries: items.length });
    for (const position of [items.length, registered, 1])
      expect(await tampered([cutFrom(position)], look)).toMatchObject({ holds: false, position });
  });
});
