import { run, sql, waitOrStop, type Executor } from '#platform';
import type { Alarm } from '../delivery/alarm.ts';
import { matching } from '../operations/target-filter.ts';
import { targetStates } from '../operations/target-states.ts';
import { readNewestCounts } from '../rollout/progress.ts';
import type { LiveHub, Watched } from './live-hub.ts';

/** Channel on which triggers of the database tell that something changed. */
export const liveChannel = 'mappa_connector_live';

const beatEveryMs = 15_000;
/** At most so often, however much changes. */
const restMs = 300;

/**
 * While anybody watches: waits for news, reads all states once, tells what changed, and rests. A reading that takes long
 * is followed by a longer rest, so that watching costs at most a fifth of a connection.
 */
export async function watchTargets(
  db: Executor,
  hub: LiveHub,
  alarm: Alarm,
  signal: AbortSignal,
  turned: () => void,
): Promise<void> {
  while (!signal.aborted) {
    const news = alarm.next(beatEveryMs, signal);
    const began = performance.now();
    if (hub.isWatched) {
      if (hub.look(await readStates(db))) hub.lookAtRollouts(await readNewestCounts(db));
      hub.beat(performance.now());
    }
    turned();
    await waitOrStop(Math.max(restMs, 4 * (performance.now() - began)), signal);
    await news;
  }
}

async function readStates(db: Executor): Promise<Watched[]> {
  return run<Watched>(
    db,
    sql`select id, state, desired, applied, stuck from (${targetStates(matching({}))}) found order by id`,
  );
}
