import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { BenchClient } from './bench-client.ts';
import type { BenchStack } from './bench-stack.ts';

const statusSchema = z.object({
  targets: z.array(z.object({ state: z.string(), desired: z.int(), applied: z.int(), items: z.int() })),
});
const exportSchema = z.object({
  entries: z.array(z.object({ code: z.string().nullable(), conceptId: z.string() })),
});

/** Resolves with the time (milliseconds since 1970) when three targets were seen in step at a revision, polled every 20 ms. */
export async function allInStep({ addresses }: BenchStack, revision: number): Promise<number> {
  const deadline = performance.now() + 180_000;
  while (performance.now() < deadline) {
    const { targets } = statusSchema.parse(
      await (await fetch(`${addresses.connector}/api/v1/targets`)).json(),
    );
    if (
      targets.length === 3 &&
      targets.every(({ state, applied }) => state === 'in-step' && applied === revision)
    )
      return Date.now();
    await wait(20);
  }
  throw new Error(`the targets did not reach revision ${revision}`);
}

/** From publication of a revision that retitles all 449 to the last of them acknowledged by all three targets. */
export async function publicationToAllTargets(
  stack: BenchStack,
  client: BenchClient,
): Promise<Record<string, number>> {
  const map = await fetch(`${stack.addresses.catalog}/api/v1/schemes/processi-camerali/export.json`);
  const coded = exportSchema.parse(await map.json()).entries.filter(({ code }) => code !== null);
  const edits = coded.map(({ conceptId, code }) => ({
    op: 'change',
    entry: conceptId,
    titles: { it: { official: `Titolo nuovo di ${code}` } },
  }));
  const { revision, committedAtMs } = await client.publishEdits('processi-camerali', edits);
  return { publication_to_all_targets_s: ((await allInStep(stack, revision)) - committedAtMs) / 1_000 };
}
