import type { DataSource } from 'typeorm';
import type { Logger } from '#platform';
import { Turnstile, type Driver } from '#targets';
import { recalled, say, type Sentence } from '#words';
import type { DriverCabinet } from '../delivery/driver-cabinet.ts';
import type { ClaimedSystem } from '../delivery/system-lease.ts';
import { ownErrorInWords } from '../delivery/work-system.ts';
import { askTarget, type Asked } from './ask-target.ts';

export interface ToAsk {
  readonly id: string;
  readonly system: ClaimedSystem;
  /** It, or its system, rests after a failure: why; null: it may be asked. */
  readonly rests: string | null;
  readonly codes: ReadonlySet<string>;
}

export interface Asking {
  readonly db: DataSource;
  readonly drivers: DriverCabinet;
  readonly logger: Logger;
  readonly limits: AskingLimits;
}

export interface AskingLimits {
  /** A target that does not answer within this time is not rehearsed. */
  readonly targetMs: number;
  /** The same for all targets of one system in a group together. */
  readonly systemMs: number;
}

/** The limits of each system hold besides. */
const mostSystems = 16;
/** When so many targets of a system in a row say nothing, the others are not asked. */
const mostSilent = 3;

/**
 * Asks some targets: systems side by side, the targets of each one after the other, so that at most one request of ours is
 * under way there beside deliveries. A system that does not let us in is asked once for all its targets, and one of which
 * several say nothing is asked no more; whoever is slow costs only its own system, and no more than its time.
 * @param goOn asked after each target; false: stop
 * @returns null when it was stopped
 */
export async function askTargets(
  asking: Asking,
  targets: readonly ToAsk[],
  goOn: () => Promise<boolean>,
  signal: AbortSignal,
): Promise<Map<string, Asked> | null> {
  const asked = new Map<string, Asked>();
  const places = new Turnstile(mostSystems);
  const stopped = new AbortController();
  const stop = AbortSignal.any([signal, stopped.signal]);
  const bySystem = [...Map.groupBy(targets, ({ system }) => system.id).values()];
  const results = await Promise.allSettled(
    bySystem.map(async (own) => {
      const leave = await places.enter(stop);
      try {
        for await (const [id, answer] of askSystem(asking, own, stop)) {
          asked.set(id, answer);
          if (!(await goOn())) stopped.abort();
        }
      } catch (error) {
        stopped.abort();
        throw error;
      } finally {
        leave();
      }
    }),
  );
  if (signal.aborted) return null;
  const failed = results.find((result) => result.status === 'rejected' && result.reason !== stop.reason);
  if (failed?.status === 'rejected') throw failed.reason;
  return stop.aborted ? null : asked;
}

async function* askSystem(
  asking: Asking,
  targets: readonly ToAsk[],
  stop: AbortSignal,
): AsyncGenerator<[string, Asked]> {
  const [first] = targets;
  if (!first) return;
  const { drivers, limits } = asking;
  const ids = targets.map(({ id }) => id);
  const opened = await drivers.open(first.system, ids);
  const whole = AbortSignal.timeout(limits.systemMs);
  let silentOnes = 0;
  let ofAll: Asked | null = 'trouble' in opened ? refuses(recalled(opened.trouble.reason)) : null;
  for (const { id, rests, codes } of targets) {
    if (stop.aborted) return;
    const own = 'trouble' in opened ? undefined : opened.get(id);
    if (ofAll) yield [id, ofAll];
    else if (!own || !('driver' in own)) yield [id, refuses(own ? recalled(own.reason) : say`it is gone`)];
    else if (rests !== null) yield [id, silent(say`it rests after a failure: ${recalled(rests)}`)];
    else if (whole.aborted) yield [id, silent(say`the other targets of its system took all the time`)];
    else {
      const time = AbortSignal.any([stop, whole, AbortSignal.timeout(limits.targetMs)]);
      const answer = await askOne(asking, id, own.driver, codes, time);
      if (stop.aborted) return;
      silentOnes = isOfSystem(answer) ? silentOnes + 1 : 0;
      if (isOfSystem(answer) && (answer.is === 'refuses' || silentOnes >= mostSilent)) ofAll = answer;
      yield [id, answer];
    }
  }
}

const isOfSystem = (answer: Asked): boolean => answer.is !== 'answered' && answer.aboutSystem;

/** An error of our own with one target costs the others nothing. */
async function askOne(
  { db, logger }: Asking,
  targetId: string,
  driver: Driver,
  codes: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Asked> {
  try {
    return await askTarget(db, targetId, driver, codes, signal);
  } catch (error) {
    if (!signal.aborted) logger.error({ err: error, target: targetId }, 'an error of our own; not rehearsed');
    return silent(recalled(ownErrorInWords(error)));
  }
}

const refuses = (reason: Sentence | string): Asked => ({ is: 'refuses', reason, aboutSystem: false });
const silent = (reason: Sentence): Asked => ({ is: 'silent', reason, aboutSystem: false });
