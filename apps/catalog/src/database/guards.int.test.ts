import { isRefusal, run, sql } from '#platform';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { publishSeed } from '../testing/seed.ts';

let catalog: CatalogDatabase;
beforeAll(async () => {
  catalog = await catalogDatabase();
  const seeded = await publishSeed(catalog.db);
  expect(isRefusal(seeded)).toBe(false);
});
afterAll(() => catalog.close());

/** Runs statements in one transaction as the application's role, as somebody with its password could. */
async function attempt(...statements: string[]): Promise<string> {
  const runner = catalog.db.createQueryRunner();
  await runner.startTransaction();
  try {
    for (const statement of statements) await runner.query(statement);
    await runner.query('set constraints all immediate');
    return 'accepted';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
}

const openRevision2 = `insert into revision (scheme_id, number, edition_id, in_force_from, content_hash, published_by, changes)
  select scheme_id, 2, edition_id, in_force_from, content_hash, 'x', 0 from revision where number = 1`;
const newConcept = `insert into concept values ('00000000-0000-4000-8000-000000000001', 'processi-camerali')`;
const entryWith = (
  code: string,
  { from = 2, parent = 'null', id = `'00000000-0000-4000-8000-000000000001'` } = {},
) => `
  insert into entry (scheme_id, concept_id, from_revision, code, parent_id, rank, titles, notes, attributes, content_hash)
  values ('processi-camerali', ${id}, ${from}, '${code}', ${parent}, 1, '{}', '{}', '{}', sha256('x'))`;

const second = `'00000000-0000-4000-8000-000000000002'`;
const end = (code: string, revision: number) =>
  `update entry set to_revision = ${revision} where code = '${code}' and to_revision is null`;
/** Both by one statement. */
const together = (one: string, other: string) => one + other.replace(/^[^]*values/, ',');
/** The next state of an entry that ends in the same transaction. */
const again = (from: number, code = 'A1.1.1.1') => `
  insert into entry (scheme_id, concept_id, from_revision, code, parent_id, rank, titles, notes, attributes, content_hash)
  select scheme_id, concept_id, ${from}, code, parent_id, rank, titles, notes, attributes, content_hash
  from entry where code = '${code}' and from_revision = 1`;

/** Ends A1.1, which has children, and opens its next state. */
const replaced = (endsWith: number, beginsWith: number) =>
  `with ended as (${end('A1.1', endsWith)} returning 1) ${again(beginsWith, 'A1.1')} and (select count(*) from ended) = 1`;

describe('what is published, as the role of the application', () => {
  test.each([
    ['change a title', `update entry set titles = '{}' where code = 'A1'`, /permission denied/],
    ['change a hash of a revision', `update revision set content_hash = sha256('x')`, /permission denied/],
    [
      'end an entry without a revision',
      `update entry set to_revision = 2 where code = 'A1.1.1.1'`,
      /ends only once/,
    ],
    ['delete an entry', `delete from entry where code = 'A1.1.1.1'`, /permission denied/],
    ['truncate', 'truncate entry cascade', /permission denied/],
    ['change the audit log', `update audit set body = '{}'`, /permission denied/],
    ['delete from the audit log', 'delete from audit', /permission denied/],
    ['empty the audit log', 'truncate audit', /permission denied/],
    [
      'break the chain of the audit log',
      `insert into audit (position, body, hash) select position + 1, replace(body, '"position":' || position, '"position":' || position + 1), sha256('x')
       from audit order by position desc limit 1`,
      /continues its chain/,
    ],
    ['delete a change', 'delete from change_log where position = 1', /permission denied/],
    ['delete a scheme', 'delete from scheme', /permission denied/],
    ['drop a trigger', 'alter table entry disable trigger all', /must be owner/],
  ])('cannot be touched: %s', async (_, statement, refusal) => {
    expect(await attempt(statement)).toMatch(refusal);
  });

  test('a concept needs a scheme that there is', async () => {
    expect(await attempt(newConcept.replace('processi-camerali', 'altro'))).toMatch(/needs a scheme/);
  });

  test('an entry cannot be added to a revision that is published already', async () => {
    expect(await attempt(newConcept, entryWith('A9', { from: 1 }))).toMatch(/opens only with the revision/);
  });

  test('a new revision can be opened, and an entry with it', async () => {
    expect(await attempt(openRevision2, newConcept, entryWith('A9'))).toBe('accepted');
  });

  test('a revision cannot leave out a number', async () => {
    expect(await attempt(openRevision2.replace('scheme_id, 2,', 'scheme_id, 3,'))).toMatch(/next number/);
  });

  test('one code cannot be held twice', async () => {
    expect(await attempt(openRevision2, newConcept, entryWith('A1.1.1.1'))).toMatch(/entry_live_code/);
  });

  test('one concept cannot stand twice in a revision', async () => {
    const [a1] = await run<{ id: string }>(
      catalog.db,
      sql`select concept_id as id from entry where code = 'A1.1.1.1'`,
    );
    expect(await attempt(openRevision2, entryWith('A9', { id: `'${a1?.id}'` }))).toMatch(/entry_state/);
  });

  test('an entry cannot stand below nothing', async () => {
    const parent = `'00000000-0000-4000-8000-000000000002'`;
    expect(await attempt(openRevision2, newConcept, entryWith('A9', { parent }))).toMatch(
      /below one that is not there/,
    );
  });

  test('a parent cannot end while its children live', async () => {
    expect(await attempt(openRevision2, `update entry set to_revision = 2 where code = 'A1.1'`)).toMatch(
      /while others stand below it/,
    );
  });

  test('one transaction cannot make two revisions, between which a concept could begin twice', async () => {
    const openRevision3 = openRevision2
      .replace('scheme_id, 2,', 'scheme_id, 3,')
      .replace('number = 1', 'number = 2');
    expect(await attempt(openRevision2, openRevision3)).toMatch(/makes one revision/);
  });

  test('an entry of a closed draft cannot go over to another', async () => {
    const open = `insert into draft (id, scheme_id, edition, created_by)
      select ${second}, scheme_id, edition, 'x' from draft limit 1`;
    expect(await attempt(open, `update draft_entry set draft_id = ${second}`)).toMatch(
      /not changed any more/,
    );
  });

  test.each([
    [
      'entries need a draft',
      `insert into draft_entry (draft_id, concept_id, rank, titles, notes, attributes, content_hash)
      values (${second}, ${second}, 1, '{}', '{}', '{}', '')`,
      /needs a draft/,
    ],
    [
      'a succession needs concepts of its scheme',
      `${openRevision2}; insert into succession values ('processi-camerali', 2, ${second}, '00000000-0000-4000-8000-000000000001', 'replaced', false)`,
      /needs two concepts/,
    ],
  ])('%s', async (_, statement, refusal) => {
    expect(await attempt(statement)).toMatch(refusal);
  });

  test('a parent can change while its children live, in one statement', async () => {
    expect(await attempt(openRevision2, replaced(2, 2))).toBe('accepted');
  });

  const secondConcept = newConcept.replace('000000000001', '000000000002');
  const otherScheme = `insert into scheme values ('altro', '{}', '{it}');
    insert into edition (scheme_id, label, definition) values ('altro', 'x', '{}');
    insert into revision (scheme_id, number, edition_id, in_force_from, content_hash, published_by, changes)
      select 'altro', 1, id, '2026-01-01', sha256('x'), 'x', 0 from edition where scheme_id = 'altro';
    insert into concept values ('00000000-0000-4000-8000-000000000001', 'altro')`;

  test.each([
    [
      'stand below itself',
      [openRevision2, newConcept, entryWith('A9', { parent: `'00000000-0000-4000-8000-000000000001'` })],
      /check/,
    ],
    [
      'go round in a circle',
      [
        openRevision2,
        newConcept,
        secondConcept,
        together(
          entryWith('A9', { parent: second }),
          entryWith('A8', { id: second, parent: `'00000000-0000-4000-8000-000000000001'` }),
        ),
      ],
      /below itself/,
    ],
    ['have an empty code', [openRevision2, newConcept, entryWith('')], /check/],
    [
      'stand below an entry of another scheme',
      [
        otherScheme,
        `insert into entry (scheme_id, concept_id, from_revision, code, parent_id, rank, titles, notes, attributes, content_hash)
         select 'altro', '00000000-0000-4000-8000-000000000001', 1, 'A9', concept_id, 1, '{}', '{}', '{}', sha256('x')
         from entry where code = 'A1'`,
      ],
      /another scheme/,
    ],
  ])('an entry cannot %s', async (_, statements, refusal) => {
    expect(await attempt(...statements)).toMatch(refusal);
  });

  const logged = (position: string, revision = 1) =>
    `insert into change_log (position, kind, scheme_id, revision, index, head) values (${position}, 'change', 'processi-camerali', ${revision}, 999, '{}')`;

  test.each([
    ['a change of a published revision is added to the log', [logged('455')], /only by the transaction/],
    ['a position of the log is left out', [openRevision2, logged('460', 2)], /follow one another/],
    ['a position before the others is used', [openRevision2, logged('0', 2)], /follow one another/],
    ['the relay passes the log', ['update relay set cursor = 999999'], /cannot pass/],
    ['a published draft is opened again', [`update draft set state = 'open'`], /not changed any more/],
    [
      'the entries of a published draft are changed',
      [`update draft_entry set rank = 1`],
      /not changed any more/,
    ],
    [
      'a revision is dated before its base',
      [openRevision2.replace("in_force_from, content_hash, 'x'", `'1990-01-01', content_hash, 'x'`)],
      /no earlier date/,
    ],
  ])('it is refused that %s', async (_, statements, refusal) => {
    expect(await attempt(...statements)).toMatch(refusal);
  });

  test('a temporary table cannot be made', async () => {
    expect(await attempt('create temp table revision (number int)')).toMatch(/permission denied/);
  });

  test('every function names where it looks for tables, and temporary ones come last', async () => {
    const settings = await run<{ name: string; setting: string | null }>(
      catalog.db,
      sql`
      select p.proname as name, (select s from unnest(p.proconfig) s where s like 'search_path=%') as setting
      from pg_proc p join pg_language l on l.oid = p.prolang
      where p.pronamespace = 'catalog'::regnamespace and l.lanname = 'plpgsql'`,
    );
    expect(settings.length).toBeGreaterThan(10);
    expect(settings.filter(({ setting }) => setting !== 'search_path=catalog, pg_temp')).toEqual([]);
  });

  const otherRevisions = (number: string) => `create temp table revision as
    select scheme_id, ${number} as number, pg_current_xact_id() as opened_by, in_force_from from catalog.revision`;
  const noDrafts = 'create temp table draft as select * from catalog.draft where false';

  describe('where temporary tables can be made all the same', () => {
    const asAdministrator = async (statement: string): Promise<void> => {
      const admin = new Client({ connectionString: catalog.fresh.url });
      await admin.connect();
      await admin.query(statement);
      await admin.end();
    };
    beforeAll(() => asAdministrator(`grant temporary on database ${catalog.fresh.name} to mappa_catalog`));
    afterAll(() => asAdministrator(`revoke temporary on database ${catalog.fresh.name} from mappa_catalog`));

    test.each([
      [
        'an entry is added to a published revision',
        [newConcept, otherRevisions('number'), entryWith('A9', { from: 1 })],
        /opens only with the revision/,
      ],
      [
        'a live entry ends without a revision',
        [otherRevisions('2'), `update entry set to_revision = 2 where code = 'A1.1.1.1'`],
        /ends only once/,
      ],
      [
        'a change is added to a published revision',
        [
          otherRevisions('number'),
          `insert into change_log (position, kind, scheme_id, revision, index, head)
           select 1 + max(position), 'change', 'processi-camerali', 1, 999, '{}' from change_log`,
        ],
        /only by the transaction/,
      ],
      [
        'the chain of the audit log goes on from another',
        [
          `create temp table audit as select 998::bigint as position, ''::text as body, sha256('x') as hash`,
          `insert into catalog.audit (position, body, hash)
           select 999, body, sha256(sha256('x') || convert_to(body, 'UTF8')) from (
             select jsonb_set(body::jsonb, '{position}', '999')::text as body from catalog.audit limit 1) forged`,
        ],
        /continues its chain/,
      ],
      [
        'the relay passes the log',
        [
          `create temp table change_log as select 999999::bigint as position`,
          'update relay set cursor = 999999',
        ],
        /cannot pass/,
      ],
      [
        'the entries of a published draft are changed',
        [noDrafts, 'update draft_entry set rank = 1'],
        /not changed any more/,
      ],
      [
        'an entry goes round in a circle',
        [
          openRevision2,
          newConcept,
          secondConcept,
          'create temp table entry as select * from catalog.entry where false',
          together(
            entryWith('A9', { parent: second }).replace('into entry', 'into catalog.entry'),
            entryWith('A8', { id: second, parent: `'00000000-0000-4000-8000-000000000001'` }),
          ),
        ],
        /below itself/,
      ],
    ])('it is still refused that %s', async (_, statements, refusal) => {
      expect(await attempt(...statements)).toMatch(refusal);
    });
  });

  const openRevision0 = `insert into revision (scheme_id, number, edition_id, in_force_from, content_hash, published_by, changes)
    select scheme_id, 0, edition_id, '2019-01-01', content_hash, 'x', 0 from revision where number = 1`;
  const first = `'00000000-0000-4000-8000-000000000001'`;
  const entryOfHistory = (code: string, { id = first, from = 0, to = '1', parent = 'null' } = {}) => `
    insert into entry (scheme_id, concept_id, from_revision, to_revision, code, parent_id, rank, titles, notes, attributes, content_hash)
    values ('processi-camerali', ${id}, ${from}, ${to}, '${code}', ${parent}, 1, '{}', '{}', '{}', sha256('x'))`;
  const succession = (revision: number) => `insert into succession
    select 'processi-camerali', ${revision}, ${first}, concept_id, 'replaced', false from entry
    where code = 'A1' and from_revision = 1`;

  test('history can be placed before the first revision, with its successions into it', async () => {
    expect(await attempt(openRevision0, newConcept, entryOfHistory('A1'), succession(1))).toBe('accepted');
  });

  test.each([
    [
      'an entry is added to the first revision',
      [newConcept, entryOfHistory('A9', { from: 1, to: '2' })],
      /opens only/,
    ],
    ['history is written without its revision', [newConcept, entryOfHistory('A9')], /opens only with the re/],
    [
      'history goes on into the first revision',
      [openRevision0, newConcept, entryOfHistory('A9', { to: '2' })],
      /opens only/,
    ],
    ['history has no end', [openRevision0, newConcept, entryOfHistory('A9', { to: 'null' })], /opens only/],
    [
      'the first revision grows with history',
      [openRevision0, newConcept, entryWith('A9', { from: 1 })],
      /opens only/,
    ],
    [
      'a number of history is left out',
      [openRevision0.replace('scheme_id, 0,', 'scheme_id, -1,')],
      /number before/,
    ],
    [
      'history is dated after what follows it',
      [openRevision0.replace('2019-01-01', '2099-01-01')],
      /earlier date/,
    ],
    [
      'a live entry ends in history',
      [openRevision0, `update entry set to_revision = 0 where code = 'A1.1.1.1'`],
      /lower bound/,
    ],
    [
      'one code stands twice in history',
      [openRevision0, newConcept, secondConcept, entryOfHistory('A9'), entryOfHistory('A9', { id: second })],
      /entry_code_of_history/,
    ],
    [
      'history has an orphan',
      [openRevision0, newConcept, entryOfHistory('A9', { parent: second })],
      /below one that is not there/,
    ],
    [
      'history goes round in a circle',
      [
        openRevision0,
        newConcept,
        secondConcept,
        together(
          entryOfHistory('A9', { parent: second }),
          entryOfHistory('A8', { id: second, parent: first }),
        ),
      ],
      /below itself/,
    ],
    ['a succession is added to a published revision', [newConcept, succession(1)], /makes one of its sides/],
    [
      'history has a succession of its own',
      [openRevision0, newConcept, succession(0)],
      /makes one of its sides/,
    ],
    ['a succession is changed', [`update succession set continues = true`], /permission denied/],
  ])('it is refused that %s', async (_, statements, refusal) => {
    expect(await attempt(...statements)).toMatch(refusal);
  });

  test.each(['scheme', 'entry', 'subtree', 'revision', 'concept', 'change_log', 'audit', 'succession'])(
    'even the owner of the tables cannot delete from %s',
    async (table) => {
      const admin = new Client({ connectionString: catalog.fresh.url });
      await admin.connect();
      await admin.query('set role mappa_catalog_owner');
      await expect(admin.query(`delete from catalog.${table}`)).rejects.toThrow(/never changed/);
      await expect(admin.query(`truncate catalog.${table} cascade`)).rejects.toThrow(/never changed/);
      await admin.end();
    },
  );
});
