import { isRefusal, run, sql } from '#platform';
import { historyAddedEventSchema } from '#contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findRevision } from '../reading/find-revision.ts';
import { readOrdered } from '../reading/read-tree.ts';
import { listRevisions } from '../reading/revision-view.ts';
import { merkle } from '#taxonomy';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { publishSeed } from '../testing/seed.ts';
import { administrator, draftSynthetic2019, inventedConcept } from '../testing/synthetic-2019.ts';
import { addHistory } from './add-history.ts';

let catalog: CatalogDatabase;
const scheme = 'processi-camerali';
const add = async (
  draftId: string,
  effectiveDate: string,
  links: { predecessor: string; successor: string }[],
) =>
  addHistory(catalog.db, {
    schemeId: scheme,
    draftId,
    effectiveDate,
    links,
    by: await administrator(catalog.db),
  });

beforeAll(async () => {
  catalog = await catalogDatabase();
  await publishSeed(catalog.db);
});
afterAll(() => catalog.close());

describe('a historical edition', () => {
  test('is refused with every link that leads nowhere, and for a day that is not earlier', async () => {
    const draft = await draftSynthetic2019(catalog.db, scheme);
    const refused = await add(draft, '2019-01-01', [
      { predecessor: 'A1.1.1.8', successor: 'A1.1.1.4' },
      { predecessor: 'A1.1.1.9', successor: 'Z9' },
    ]);
    expect(refused).toMatchObject({
      code: 'links-refused',
      problems: [{ path: 'links[0].predecessor' }, { path: 'links[1].successor' }],
    });
    expect(await add(draft, '2030-01-01', [])).toMatchObject({ code: 'date-not-before' });
  });

  test('becomes the revision before the first, with its own edition and content hash', async () => {
    const draft = await draftSynthetic2019(catalog.db, scheme);
    const added = await add(draft, '2019-01-01', [{ predecessor: 'A1.1.1.9', successor: 'A1.1.1.4' }]);
    expect(added).toMatchObject({ number: 0, inForceFrom: '2019-01-01' });
    const found = await findRevision(catalog.db.manager, scheme, 0);
    if (isRefusal(found)) throw new Error(found.title.english);
    expect(found.edition).toMatchObject({
      label: 'Rev. 2019 (synthetic)',
      levels: [{ depth: 1 }, {}, {}, {}, {}],
    });
    const entries = await readOrdered(catalog.db, found);
    expect(entries.map(({ code }) => code)).toEqual([null, 'A1', 'A1.1', 'A1.1.1', 'A1.1.1.6', 'A1.1.1.9']);
    expect(found.revision.contentHash.toString('hex')).toBe(merkle(scheme, entries).root);
  });

  test('leaves the first revision as it was, with nothing as its base', async () => {
    const revisions = await listRevisions(catalog.db.manager, scheme);
    expect(revisions.map(({ revision, base }) => [revision, base])).toEqual([
      [0, null],
      [1, null],
    ]);
    expect(revisions[1]?.contentHash).toBe(
      '8e08f8336191e92289426804618d3133205f6b458e7f52fbade2b3487edf9d53',
    );
  });

  test('is told once in the change log, audited, and without any change to deliver', async () => {
    const log = await run<{ kind: string; head: string }>(
      catalog.db,
      sql`select kind, head from change_log where revision < 1`,
    );
    expect(log.map(({ kind }) => kind)).toEqual(['history-added']);
    const event = historyAddedEventSchema.parse(JSON.parse(log[0]?.head ?? ''));
    expect(event).toMatchObject({ revision: 0, entries: 6, before: { revision: 1 } });
    const [audited] = await run<{ action: string }>(
      catalog.db,
      sql`select action from audit where hash = decode(${event.auditHead}, 'hex')`,
    );
    expect(audited).toEqual({ action: 'history-added' });
  });

  test('keeps its successions into the revision after it', async () => {
    const rows = await run<object>(
      catalog.db,
      sql`select revision, predecessor, kind, continues from succession where revision = 1`,
    );
    expect(rows).toEqual([{ revision: 1, predecessor: inventedConcept, kind: 'replaced', continues: false }]);
  });

  test('needs a second person, like whatever is published', async () => {
    const draft = await draftSynthetic2019(catalog.db, scheme, { isApproved: false });
    expect(await add(draft, '2015-01-01', [])).toMatchObject({ code: 'draft-state', status: 409 });
  });

  test('may have another one before it', async () => {
    const draft = await draftSynthetic2019(catalog.db, scheme);
    expect(await add(draft, '2015-01-01', [])).toMatchObject({ number: -1 });
    expect(await add(draft, '2014-01-01', [])).toMatchObject({ code: 'draft-closed' });
  });
});
