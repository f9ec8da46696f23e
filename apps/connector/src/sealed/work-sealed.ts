import type { CatalogClient } from '../intake/catalog-client.ts';
import type { Asking } from './ask-targets.ts';
import { claimSealed, releaseSealed } from './claim-sealed.ts';
import { fetchChanges } from './fetch-changes.ts';
import { rehearseSealed, type Rehearsing } from './rehearse-sealed.ts';

export interface SealedContext extends Asking {
  readonly catalog: Pick<CatalogClient, 'sealed' | 'sealedChanges'>;
  readonly rehearsing: Rehearsing;
  readonly signal: AbortSignal;
}

/** After a failure the set waits, so that others come first. */
const pauseMs = 60_000;

/** Fetches and rehearses what is due, one set after another, until nothing is, or for a while: then somebody looks what is sealed still. */
export async function workSealed(context: SealedContext): Promise<void> {
  const { db, catalog, logger, rehearsing, signal } = context;
  const until = performance.now() + rehearsing.turnMs;
  while (!signal.aborted && performance.now() < until) {
    const holder = crypto.randomUUID();
    const set = await claimSealed(db, holder);
    if (!set) return;
    const { id, scheme } = set;
    try {
      if (set.isFetched) await rehearseSealed(context, set, holder, rehearsing, signal);
      else await fetchChanges(db, catalog, set, holder, signal);
      await releaseSealed(db, id, holder);
    } catch (error) {
      if (!signal.aborted)
        logger.warn({ err: error, scheme, set: id }, 'the sealed set is tried again later');
      await releaseSealed(db, id, holder, signal.aborted ? 0 : pauseMs);
    }
  }
}
