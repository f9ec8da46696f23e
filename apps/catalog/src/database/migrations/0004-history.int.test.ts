import { createLogger, run, runMigrations, sql } from '#platform';
import { expect, test } from 'vitest';
import { freshDatabase } from '../../../../../test/support/database.ts';
import { catalogDataSource } from '../data-source.ts';
import { catalogMigrations } from '../migrations.ts';
import { Map1700000000001 } from './0001-map.ts';
import { Workflow1700000000002 } from './0002-workflow.ts';

const migrate = (adminUrl: string, appUrl: string, options: Partial<typeof catalogMigrations> = {}) =>
  runMigrations({
    ...catalogMigrations,
    adminUrl,
    appUrl,
    logger: createLogger('test', 'silent'),
    ...options,
  });
const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;

test('successions of the log that was there before are kept, each with its kind', async () => {
  const fresh = await freshDatabase('upgrade');
  const appUrl = fresh.urlFor('mappa_catalog', 'catalog-test');
  const migrations = [Map1700000000001, Workflow1700000000002];
  await migrate(fresh.url, appUrl, { migrations, grants: () => [] });
  const owner = await catalogDataSource(fresh.url).initialize();
  const decided = [
    [1, [5]],
    [2, [6, 7]],
    [3, [8]],
    [4, [8]],
  ] as const;
  const rows = decided.map(([concept, successors], i) => {
    const head = JSON.stringify({ successors: successors.map(id) });
    return `(${i + 1}, 'change', ${i + 1}, '${id(concept)}'::uuid, '${head}')`;
  });
  for (const statement of [
    `insert into scheme values ('s', '{}', '{it}')`,
    `insert into edition (scheme_id, label, definition) values ('s', 'e', '{}')`,
    `insert into concept select ('00000000-0000-4000-8000-00000000000' || n)::uuid, 's' from generate_series(1, 8) n`,
    `with opened as (insert into revision (scheme_id, number, edition_id, in_force_from, content_hash, changes, published_by)
       select 's', 1, id, '2023-01-01', sha256('x'), 4, 'bootstrap' from edition returning number)
     insert into change_log (position, kind, scheme_id, revision, index, concept_id, head)
     select position, kind, 's', number, index, concept, head
     from opened, (values ${rows.join(', ')}) as row(position, kind, index, concept, head)`,
  ])
    await owner.query(statement);
  await migrate(fresh.url, appUrl);
  expect(
    await run(
      owner,
      sql`select right(predecessor::text, 1) || ' ' || kind || ' ' || right(successor::text, 1) as link from succession order by 1`,
    ),
  ).toEqual(['1 replaced 5', '2 split 6', '2 split 7', '3 merged 8', '4 merged 8'].map((link) => ({ link })));
  await owner.destroy();
  await fresh.drop();
});
