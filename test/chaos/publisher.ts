import { setTimeout as wait } from 'node:timers/promises';
import type { BenchClient } from '../bench/bench-client.ts';
import { exportedMap } from '../support/exported-map.ts';
import { chanceOf } from './chance.ts';
import { someEdits } from './edits.ts';
import type { MapEntry } from './check.ts';

const scheme = 'processi-camerali';
export interface PublishedMap {
  readonly revision: number;
  readonly entries: readonly MapEntry[];
}

interface Addresses {
  readonly catalog: string;
  readonly sandbox: string;
}

/** The map in force, as the catalog tells it. */
export async function mapInForce({ catalog }: Addresses): Promise<PublishedMap> {
  const answer = await fetch(`${catalog}/api/v1/schemes/${scheme}/export.json`, {
    signal: AbortSignal.timeout(5_000),
  });
  const { revision, entries } = exportedMap.parse(await answer.json());
  return {
    revision,
    entries: entries.map(({ titles, ...entry }) => ({ ...entry, title: titles['it']?.official ?? null })),
  };
}

/**
 * Publishes the next revision, as a person does who tries again when the catalog does not answer, and looks first whether the
 * publication took place.
 * @returns its number, and what it changes
 */
export async function publishNext(
  addresses: Addresses,
  client: BenchClient,
  seed: number,
  signal: AbortSignal,
): Promise<{ revision: number; edits: number; attempts: number }> {
  let edits: ReturnType<typeof someEdits> | undefined;
  let base = 0;
  for (let attempts = 1; ; attempts++) {
    try {
      const map = await mapInForce(addresses);
      if (edits && map.revision > base) return { revision: map.revision, edits: edits.length, attempts };
      base = map.revision;
      edits ??= someEdits(map.entries, chanceOf(seed * 1_000 + base), base + 1);
      const { revision } = await client.publishEdits(scheme, edits);
      return { revision, edits: edits.length, attempts };
    } catch (error) {
      if (signal.aborted) throw error;
      await wait(200);
    }
  }
}
