import { z } from 'zod';
import { targetStatusSchema, type TargetStatus } from '#contracts';
import type { Language } from '#words';
import { readJson, readPages } from './read-pages.ts';

const stuckSchema = z.object({ code: z.string(), class: z.enum(['rejected', 'waits']), reason: z.string() });
const deliveriesSchema = z.object({
  stopped: z.object({ reason: z.string(), since: z.iso.datetime() }).nullable(),
});

export interface StuckReason {
  readonly reason: string;
  readonly codes: readonly string[];
}

export interface TargetWithStuck extends TargetStatus {
  readonly stuckReasons: readonly StuckReason[];
}

export interface Status {
  /** Why, and since when, nothing is sent to anybody; null: it is. */
  readonly stopped: { readonly reason: string; readonly since: string } | null;
  readonly targets: readonly TargetWithStuck[];
}

/** Targets of a connector, each with why something is stuck. Throws NotTold when the connector does not tell. */
export async function readStatus(connector: string, language: Language): Promise<Status> {
  const { stopped } = deliveriesSchema.parse(await readJson(`${connector}/api/v1/deliveries`, language));
  const listed = await readPages(`${connector}/api/v1/targets`, 'targets', targetStatusSchema, language);
  const targets: TargetWithStuck[] = [];
  for (const target of listed) {
    const stuckReasons = target.stuck > 0 ? await readStuck(connector, target.id, language) : [];
    targets.push({ ...target, stuckReasons });
  }
  return { stopped, targets };
}

async function readStuck(connector: string, id: string, language: Language): Promise<StuckReason[]> {
  const list = `${connector}/api/v1/targets/${encodeURIComponent(id)}/stuck`;
  const found = await readPages(list, 'items', stuckSchema, language);
  const byReason = Map.groupBy(found, ({ reason }) => reason);
  return [...byReason].map(([reason, stuck]) => ({ reason, codes: stuck.map(({ code }) => code) }));
}
