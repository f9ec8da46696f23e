import { expect, test } from 'vitest';
import { runChaos, type ChaosRun } from './run.ts';
import type { ChaosStack } from './stack.ts';

/** As `npm run test:chaos` tells a run, so that whoever reads a failure can repeat it. */
const told = ({ seed, history, violations }: ChaosRun): string =>
  [...history, ...violations, `again: npm run test:chaos -- --seed ${seed} --runs 1`].join('\n');

/** Loses a record behind everybody's back. */
async function breakOne({ addresses }: ChaosStack, check: () => Promise<string[]>): Promise<void> {
  await fetch(`${addresses.sandbox}/control/crm/lose`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: 'A1.1.1' }),
  });
  expect(await check()).toContain('crm: missing: A1.1.1 is not in use');
}

test.each([1, 2, 3])(
  'after the storm of seed %i every target holds the map, and nothing twice; a record that is then lost is named',
  async (seed) => {
    const run = await runChaos(seed, breakOne);
    expect(run.violations, told(run)).toEqual([]);
    expect(run.revision).toBe(8);
  },
);
