import { createLogger, run, runMigrations, sql } from '#platform';
import { expect, test } from 'vitest';
import { freshDatabase } from '../../../../../test/support/database.ts';
import { catalogDataSource } from '../data-source.ts';
import { catalogMigrations } from '../migrations.ts';
import { Map1700000000001 } from './0001-map.ts';

const migrate = (adminUrl: string, appUrl: string, options: Partial<typeof catalogMigrations> = {}) =>
  runMigrations({
    ...catalogMigrations,
    adminUrl,
    appUrl,
    logger: createLogger('test', 'silent'),
    ...options,
  });

test('a log, and a draft with a retirement, that were there before are kept', async () => {
  const fresh = await freshDatabase('upgrade');
  const appUrl = fresh.urlFor('mappa_catalog', 'catalog-test');
  await migrate(fresh.url, appUrl, { migrations: [Map1700000000001], grants: () => [] });
  const owner = await catalogDataSource(fresh.url).initialize();
  const [old, other] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
  for (const statement of [
    `insert into scheme values ('s', '{}', '{it}')`,
    `insert into edition (scheme_id, label, definition) values ('s', 'e', '{}')`,
    `with opened as (insert into revision (scheme_id, number, edition_id, in_force_from, content_hash, changes, published_by)
       select 's', 1, id, '2023-01-01', sha256('x'), 1, 'bootstrap' from edition returning number),
     concept as (insert into concept values ('${old}', 's'))
     insert into change_log (position, scheme_id, revision, index, head)
     select p, 's', number, index, '{}' from opened, (values (1, 1), (2, null)) as row(p, index)`,
    `insert into draft (scheme_id, edition, base_revision, created_by) values ('s', '{}', 1, 'x')`,
    `insert into draft_entry (draft_id, concept_id, retired, successors, rank, titles, notes, attributes, content_hash)
     select id, '${old}', true, '{${other}}', 1, '{}', '{}', '{}', sha256('x') from draft`,
  ])
    await owner.query(statement);
  await migrate(fresh.url, appUrl);
  expect(await run(owner, sql`select kind from change_log order by position`)).toEqual([
    { kind: 'change' },
    { kind: 'in-force' },
  ]);
  expect(await run(owner, sql`select predecessor, successor from draft_succession`)).toEqual([
    { predecessor: old, successor: other },
  ]);
  expect(await run(owner, sql`select decided_none from draft_entry`)).toEqual([{ decided_none: false }]);
  await owner.destroy();
  await fresh.drop();
});
