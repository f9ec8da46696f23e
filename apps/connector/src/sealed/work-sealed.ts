import type { DataSource } from 'typeorm';
import type { Logger } from '#platform';
import type { DriverCabinet } from '../delivery/driver-cabinet.ts';
import type { CatalogClient } from '../intake/catalog-client.ts';
import { claimSealed, releaseSealed } from './claim-sealed.ts';
import { fetchChanges } from './fetch-changes.ts';
import { rehearseSealed } from './rehearse-sealed.ts';

export interface SealedContext {
  readonly db: DataSource;
  readonly catalog: Pick<CatalogClient, 'sealed' | 'sealedChanges'>;
  readonly drivers: DriverCabinet;
  readonly logger: Logger;
  readonly everyMs: number;
  readonly signal: AbortSignal;
}

/** After a failure the set waits, so that others come first. */
const pauseMs = 60_000;

/** Fetches and rehearses what is due, one set after another, until nothing is. */
export async function workSealed(context: SealedContext): Promise<void> {
  const { db, catalog, drivers, logger, everyMs, signal } = context;
  while (!signal.aborted) {
    const holder = crypto.randomUUID();
    const set = await claimSealed(db, holder);
    if (!set) return;
    const { id, scheme } = set;
    try {
      if (set.isFetched) await rehearseSealed(db, drivers, set, holder, everyMs, signal);
      else await fetchChanges(db, catalog, set, holder, signal);
      await releaseSealed(db, id, holder);
    } catch (error) {
      if (!signal.aborted)
        logger.warn({ err: error, scheme, set: id }, 'the sealed set is tried again later');
      await releaseSealed(db, id, holder, signal.aborted ? 0 : pauseMs);
    }
  }
}
