import { createLogger, orProblem, runMigrations } from '#platform';
import { expect, test } from 'vitest';
import { freshDatabase } from '../../../../../test/support/database.ts';
import { findRevision } from '../../reading/find-revision.ts';
import { fileWords } from '../../search/file-words.ts';
import { searchEntries } from '../../search/search-entries.ts';
import { publishSeed } from '../../testing/seed.ts';
import { catalogDataSource } from '../data-source.ts';
import { catalogMigrations } from '../migrations.ts';
import { WordsApart1700000000024 } from './0024-words-apart.ts';

test('what was published before is found by its words', async () => {
  const fresh = await freshDatabase('upgrade');
  const appUrl = fresh.urlFor('mappa_catalog', 'catalog-test');
  const migrate = (options: Partial<typeof catalogMigrations> = {}) =>
    runMigrations({
      ...catalogMigrations,
      adminUrl: fresh.url,
      appUrl,
      logger: createLogger('test', 'silent'),
      ...options,
    });
  const migrations = catalogMigrations.migrations.filter((each) => each !== WordsApart1700000000024);
  await migrate({ migrations, grants: () => [] });
  const owner = await catalogDataSource(fresh.url).initialize();
  await publishSeed(owner);
  await owner.destroy();
  await migrate();
  const db = await catalogDataSource(appUrl).initialize();
  const revision = orProblem(await findRevision(db.manager, 'processi-camerali', undefined));
  for (const fileFirst of [() => undefined, () => fileWords(db)]) {
    await fileFirst();
    const { items } = await searchEntries(db, revision, { q: 'bilanci', limit: 50 });
    expect(items.map(({ code }) => code)).toContain('B3');
  }
  await db.destroy();
  await fresh.drop();
});
