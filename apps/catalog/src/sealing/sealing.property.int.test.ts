import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAudit } from '../audit/verify-audit.ts';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { DatabaseCatalog } from '../testing/database-catalog.ts';
import { expectEveryDay, firstMap, sealingCommands } from '../testing/sealing-commands.ts';
import { SealingModel } from '../testing/sealing-model.ts';

let catalog: CatalogDatabase;
beforeAll(async () => {
  catalog = await catalogDatabase();
});
afterAll(() => catalog.close());

/** All 1,000 run on the same decisions in memory (`sealing.property.test.ts`). */
const histories = 60;

test(`in ${histories} random histories on the real database each day has the map that a plain model says`, async () => {
  const history = fc.commands(sealingCommands, { maxCommands: 15, size: 'max' });
  const property = fc.asyncProperty(history, async (commands) => {
    const model = new SealingModel(firstMap);
    const real = await DatabaseCatalog.of(catalog.db, firstMap);
    await fc.asyncModelRun(() => ({ model, real }), commands);
    await expectEveryDay(model, real);
  });
  await fc.assert(property, { numRuns: histories, endOnFailure: true });
  expect(await verifyAudit(catalog.db)).toMatchObject({ holds: true });
}, 240_000);
