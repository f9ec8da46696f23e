import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { targetStateSchema } from '#contracts';
import { readPages } from '../status/read-pages.ts';

const targetSchema = z.object({
  id: z.string(),
  kind: z.string(),
  driver: z.string(),
  address: z.string(),
  state: targetStateSchema,
  desired: z.number().nullish(),
  applied: z.number().nullish(),
  items: z.number(),
  stuck: z.number(),
  lagSeconds: z.number().nullish(),
  total: z.number().nullish(),
});
export type Target = z.infer<typeof targetSchema>;

/** The targets as the connector shows them now; throws when it does not answer. */
export async function fetchTargets(connector: string): Promise<Target[]> {
  return readPages(`${connector}/api/v1/targets`, 'targets', targetSchema);
}

/** True when there are targets and each of them is in step with a revision. */
export function allInStep(targets: readonly Target[]): boolean {
  return (
    targets.length > 0 && targets.every((target) => target.state === 'in-step' && (target.applied ?? 0) > 0)
  );
}

/** Watches until all targets are in step, or `withinMs` is over; gives the last state seen. */
export async function watchTargets(
  connector: string,
  onChange: (targets: readonly Target[]) => void,
  { withinMs, signal }: { withinMs: number; signal: AbortSignal },
): Promise<Target[]> {
  let targets: Target[] = [];
  for (const deadline = Date.now() + withinMs; Date.now() < deadline && !signal.aborted;) {
    targets = await fetchTargets(connector).catch(() => targets);
    onChange(targets);
    if (allInStep(targets)) break;
    await delay(250, undefined, { signal }).catch(() => {});
  }
  return targets;
}
