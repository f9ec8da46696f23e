import { inTransaction, refuse, run, sql, type AskAuditDatabase } from '#platform';
import { say } from '#words';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { recordEditor } from '../drafts/draft-editors.ts';
import { approver, editor } from '../testing/people.ts';
import { publishSeed } from '../testing/seed.ts';
import { appendAudit } from './append-audit.ts';
import { erasePerson } from './erase-person.ts';
import { personOf } from './person.ts';
import { openedWith } from '../testing/opened-with.ts';
import { setState } from '../review/set-state.ts';
import { readAudit } from './read-audit.ts';
import { verifyAudit } from './verify-audit.ts';

let catalog: CatalogDatabase;
beforeEach(async () => {
  catalog = await catalogDatabase();
});
afterEach(() => catalog.close());

const act = (action: string, actor = editor) =>
  inTransaction(catalog.db, (transaction) =>
    appendAudit(transaction, { actor, action, subject: 'draft/1', details: { città: 'Forlì', n: 1 } }),
  );

const ask: AskAuditDatabase = (text, values) => catalog.db.query(text, [...values]);
const lastHash = async () => (await readAudit(catalog.db, { after: 0, limit: 100 })).items.at(-1)?.hash ?? '';

/** Runs statements as the superuser who can get past every guard. */
async function tamper(...statements: string[]): Promise<void> {
  const superuser = new Client({ connectionString: catalog.fresh.url });
  await superuser.connect();
  await superuser.query(`set search_path to catalog; set session_replication_role = replica`);
  for (const statement of statements) await superuser.query(statement);
  await superuser.end();
}

test('acts are chained, in the order of their commits, also when many act at once', async () => {
  const hashes = await Promise.all(
    Array.from({ length: 20 }, (_, i) => act(`act-${i}`, i % 2 ? editor : approver)),
  );
  const { items, next } = await readAudit(catalog.db, { after: 0, limit: 100 });
  expect(items.map(({ position }) => position)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  expect(new Set(items.map(({ hash }) => hash))).toEqual(new Set(hashes));
  expect(next).toBeNull();
  expect(await verifyAudit(ask)).toEqual({
    holds: true,
    entries: 20,
    head: items.at(-1)?.hash,
  });
});

test('an act whose transaction is refused leaves nothing behind', async () => {
  await inTransaction(catalog.db, async (transaction) => {
    await appendAudit(transaction, { actor: editor, action: 'lost', subject: 'draft/1' });
    return refuse('no', { title: say`There is no such draft` });
  });
  await act('kept');
  expect(await verifyAudit(ask)).toMatchObject({
    holds: true,
    entries: 1,
  });
});

test.each([
  [
    'whose words were changed',
    `update audit set body = replace(body, 'act-3', 'act-X') where position = 3`,
    3,
  ],
  ['whose hash was changed', `update audit set hash = sha256('x') where position = 3`, 3],
  ['that was taken out', 'delete from audit where position = 3', 4],
  [
    'that was written anew with a hash of its own',
    `update audit set body = replace(body, 'act-3', 'act-X'),
       hash = sha256((select hash from audit where position = 2) || convert_to(replace(body, 'act-3', 'act-X'), 'UTF8'))
     where position = 3`,
    4,
  ],
])('the check says where the chain breaks at an entry %s', async (_, statement, position) => {
  for (let i = 1; i <= 5; i++) await act(`act-${i}`);
  await tamper(statement);
  expect(await verifyAudit(ask)).toMatchObject({
    holds: false,
    position,
  });
});

describe('a log that was cut short', () => {
  const cutFrom = (position: number) => tamper(`delete from audit where position >= ${position}`);

  test('is told by the head that the last publication wrote down, wherever it is cut before that', async () => {
    await publishSeed(catalog.db);
    const whole = await verifyAudit(ask);
    expect(whole).toMatchObject({ holds: true, head: await lastHash() });
    const published = whole.holds ? whole.entries : 0;
    expect(published).toBeGreaterThan(1);
    await act('after');
    for (const position of [published + 1, published, 1]) {
      await cutFrom(position);
      expect(await verifyAudit(ask)).toMatchObject(
        position > published
          ? { holds: true, entries: published }
          : {
              holds: false,
              position,
              reason: { values: [say`revision ${1} of ${'processi-camerali'}`, whole.holds && whole.head] },
            },
      );
    }
  });

  test('is told by a head that was kept elsewhere, wherever it is cut', async () => {
    for (let i = 1; i <= 5; i++) await act(`act-${i}`);
    const kept = [{ hash: await lastHash(), who: say`--head` }];
    expect(await verifyAudit(ask, kept)).toMatchObject({ holds: true, entries: 5 });
    await act('act-6');
    expect(await verifyAudit(ask, kept)).toMatchObject({ holds: true, entries: 6 });
    for (const position of [5, 3, 1]) {
      await cutFrom(position);
      expect(await verifyAudit(ask)).toMatchObject({ holds: true, entries: position - 1 });
      expect(await verifyAudit(ask, kept)).toMatchObject({ holds: false, position });
    }
  });

  test('is told when it was written anew from the beginning, with a chain that holds', async () => {
    await publishSeed(catalog.db);
    const before = await readAudit(catalog.db, { after: 0, limit: 100 });
    await tamper('delete from audit');
    for (const { action } of before.items) await act(action);
    expect(await verifyAudit(ask)).toMatchObject({ holds: false, position: before.items.length + 1 });
  });
});

test('a person has one random id, and is erased without touching the log', async () => {
  const [first, again] = [
    await personOf(catalog.db, { id: 'mario.rossi', name: 'Mario Rossi' }),
    await personOf(catalog.db, { id: 'mario.rossi' }),
  ];
  expect(again).toBe(first);
  await act('act', first);
  expect(await erasePerson(catalog.db, first, approver)).toBe(first);
  expect(await run(catalog.db, sql`select * from person where name is not null`)).toEqual([]);
  expect(await personOf(catalog.db, { id: 'mario.rossi' })).not.toBe(first);
  expect(await verifyAudit(ask)).toMatchObject({
    holds: true,
  });
});

test('nobody erases themselves, nor anybody whose draft or import is not finished', async () => {
  await publishSeed(catalog.db);
  const mario = await personOf(catalog.db, { id: 'mario.rossi' });
  expect(await erasePerson(catalog.db, mario, mario)).toMatchObject({ code: 'self-erasure', status: 409 });
  const draftId = await openedWith(catalog.db, []);
  await recordEditor(catalog.db, draftId, mario);
  expect(await erasePerson(catalog.db, mario, approver)).toMatchObject({
    code: 'person-has-unfinished-work',
    problems: [{ message: say`The draft ${draftId} is ${say`open`}.` }],
  });
  await setState(catalog.db, draftId, editor, { action: 'discard' });
  const [sent] = await run<{ id: string }>(
    catalog.db,
    sql`
    insert into import (scheme_id, edition, format, options, created_by, sent_by)
    values ('processi-camerali', '{}', 'csv', '{}', ${editor}, ${mario}) returning id`,
  );
  expect(await erasePerson(catalog.db, mario, approver)).toMatchObject({
    problems: [{ message: say`The import ${sent?.id ?? ''} is ${say`waiting for its file`}.` }],
  });
  await run(catalog.db, sql`update import set state = 'stopped'`);
  expect(await erasePerson(catalog.db, mario, approver)).toBe(mario);
});
