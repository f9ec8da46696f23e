import { z } from 'zod';
import { targetStatusSchema, type TargetStatus } from '#contracts';
import { readPages } from './read-pages.ts';

const stuckSchema = z.object({ code: z.string(), class: z.enum(['rejected', 'waits']), reason: z.string() });

export interface StuckReason {
  readonly reason: string;
  readonly codes: readonly string[];
}

export interface TargetWithStuck extends TargetStatus {
  readonly stuckReasons: readonly StuckReason[];
}

/** Targets of a connector, each with why something is stuck. Throws when the connector does not answer. */
export async function readStatus(connector: string): Promise<TargetWithStuck[]> {
  const targets = await readPages(`${connector}/api/v1/targets`, 'targets', targetStatusSchema);
  return Promise.all(
    targets.map(async (target) => ({
      ...target,
      stuckReasons: target.stuck > 0 ? await readStuck(connector, target.id) : [],
    })),
  );
}

async function readStuck(connector: string, id: string): Promise<StuckReason[]> {
  const list = `${connector}/api/v1/targets/${encodeURIComponent(id)}/stuck`;
  const byReason = Map.groupBy(await readPages(list, 'items', stuckSchema), ({ reason }) => reason);
  return [...byReason].map(([reason, stuck]) => ({ reason, codes: stuck.map(({ code }) => code) }));
}
