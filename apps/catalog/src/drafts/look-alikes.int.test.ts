import type { Edit, Edition } from '#contracts';
import { isRefusal } from '#platform';
import { codeFrom } from '#taxonomy';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { DatabaseCatalog } from '../testing/database-catalog.ts';
import { firstMap } from '../testing/sealing-commands.ts';
import { sealingEdition } from '../testing/sealing-map.ts';
import { findDraft } from './find-draft.ts';
import { reviewDraft } from './review-draft.ts';

/** Entries below A1, A2 and A3 have two letters of any alphabet, wherever they stand. */
const edition: Edition = {
  ...sealingEdition,
  levels: [
    ...sealingEdition.levels,
    { depth: 2, names: { it: 'due' }, pattern: '\\p{L}{2}', parent: 'stated' },
  ],
};

let catalog: CatalogDatabase;
let map: DatabaseCatalog;
beforeAll(async () => {
  catalog = await catalogDatabase();
});
beforeEach(async () => {
  map = await DatabaseCatalog.of(catalog.db, firstMap, edition);
});
afterAll(() => catalog.close());

const below = (parent: string, code: string, title = `Titolo ${code}`): Edit => ({
  op: 'create',
  code: codeFrom(code),
  parent,
  titles: { it: { official: title } },
});
const findings = async (...edits: Edit[]) => {
  const draft = await findDraft(catalog.db.manager, await map.draftWith(edits));
  if (isRefusal(draft)) throw new Error(JSON.stringify(draft));
  return (await reviewDraft(catalog.db, draft)).findings.map(({ rule, code }) => `${rule} ${code}`);
};

test.each([
  ['small letters', 'XY', 'xy'],
  ['Cyrillic letters', 'XY', 'ХУ'],
  ['Cyrillic letters in the map', 'ХУ', 'XY'],
])(
  'a code is found to look like one of another branch, which no edit touches: %s',
  async (_, held, given) => {
    await map.publishOn(await map.approved([below('A1', held)]), 1);
    expect(await findings(below('A2', given))).toEqual([`code-look-alike ${given}`]);
    expect(await findings(below('A1', given, 'Altro'))).toEqual([`code-look-alike ${given}`]);
  },
);

test('a code that its holder gives up in the same draft may be given out in another writing', async () => {
  await map.publishOn(await map.approved([below('A1', 'XY')]), 1);
  expect(await findings({ op: 'retire', entry: 'XY', successors: [] }, below('A2', 'xy'))).toEqual([]);
});
