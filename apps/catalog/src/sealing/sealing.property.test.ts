import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MemoryCatalog } from '../testing/memory-catalog.ts';
import { expectEveryDay, firstMap, sealingCommands } from '../testing/sealing-commands.ts';
import { firstDays } from '../testing/sealing-map.ts';
import { SealingModel } from '../testing/sealing-model.ts';

test('in 1,000 random histories each day has the map that a plain model says', async () => {
  let days = 0;
  const history = fc.commands(sealingCommands, { maxCommands: 40, size: 'max' });
  const property = fc.asyncProperty(fc.constantFrom(...firstDays), history, async (firstDay, commands) => {
    const start = {
      model: new SealingModel(firstMap, firstDay),
      real: new MemoryCatalog(firstMap, firstDay),
    };
    await fc.asyncModelRun(() => start, commands);
    days += await expectEveryDay(start.model, start.real);
  });
  await fc.assert(property, { numRuns: 1_000 });
  expect(days).toBeGreaterThan(10_000);
}, 120_000);
