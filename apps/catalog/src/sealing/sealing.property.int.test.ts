import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAudit } from '../audit/verify-audit.ts';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { DatabaseCatalog } from '../testing/database-catalog.ts';
import { expectEveryDay, firstMap, sealingCommands } from '../testing/sealing-commands.ts';
import { firstDays, historiesEdition } from '../testing/sealing-map.ts';
import { SealingModel } from '../testing/sealing-model.ts';

let catalog: CatalogDatabase;
beforeAll(async () => {
  catalog = await catalogDatabase();
});
afterAll(() => catalog.close());

/** As many as run in a minute; `SEALING_HISTORIES=1000` runs all that run in memory (`sealing.property.test.ts`). */
const histories = Number(process.env['SEALING_HISTORIES'] ?? 300);
/** Each history has a scheme of its own, so that several run at once in one catalog, as in production. */
const atOnce = 4;

test(
  `in ${histories} random histories on the real database each day has the map that a plain model says`,
  async ({ annotate }) => {
    let days = 0;
    const history = fc.commands(sealingCommands, { maxCommands: 15, size: 'max' });
    const property = fc.asyncProperty(fc.constantFrom(...firstDays), history, async (firstDay, commands) => {
      const model = new SealingModel(firstMap, firstDay);
      const real = await DatabaseCatalog.of(catalog.db, firstMap, historiesEdition, firstDay);
      await fc.asyncModelRun(() => ({ model, real }), commands);
      const compared = await expectEveryDay(model, real);
      days += compared;
    });
    const numRuns = Math.ceil(histories / atOnce);
    const { seed = Date.now() } = fc.readConfigureGlobal();
    const lanes = Array.from({ length: atOnce }, (_, lane) =>
      fc.assert(property, { seed: seed + lane, numRuns, endOnFailure: true }),
    );
    for (const lane of await Promise.allSettled(lanes)) if (lane.status === 'rejected') throw lane.reason;
    await annotate(`${days} days were compared`);
    expect(days).toBeGreaterThan(6 * histories);
    expect(await verifyAudit((text, values) => catalog.db.query(text, [...values]))).toMatchObject({
      holds: true,
    });
  },
  histories * 2_000,
);
