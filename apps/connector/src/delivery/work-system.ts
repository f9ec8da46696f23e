import type { DataSource } from 'typeorm';
import { checkBeforeSending } from '#targets';
import { cutText, waitOrStop, type Logger } from '#platform';
import { asKept, say } from '#words';
import type { Trouble } from './answers.ts';
import type { DriverCabinet } from './driver-cabinet.ts';
import type { DesiredMarks } from './in-step.ts';
import type { GroupRoom } from './group-room.ts';
import type { GroupWriter } from './group-writer.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import { LeaseLost } from './ledger.ts';
import type { News } from './news.ts';
import { mostOwnErrors, pauseMs } from './pause.ts';
import type { PauseWatch } from './pause-watch.ts';
import type { Stage } from './run-turn.ts';
import { releaseSystem, type ClaimedSystem } from './system-lease.ts';
import { wake } from './wake.ts';
import { workTargets } from './work-targets.ts';

export interface DeliverySettings {
  readonly leaseMs: number;
  /** Pauses after the first, second, … failure in a row, of a system or of a target that fails alone. */
  readonly pausesMs: readonly number[];
  /** A request under way when the process is told to stop may take so long to end. */
  readonly stopGraceMs: number;
}

export interface DeliveryContext {
  readonly dataSource: DataSource;
  /** One for the process. */
  readonly writer: GroupWriter;
  readonly drivers: DriverCabinet;
  /** One for the process. */
  readonly groups: GroupRoom;
  /** One for the process. */
  readonly leases: LeaseKeeper;
  readonly desiredMarks: DesiredMarks;
  /** One for the process. */
  readonly pauses: PauseWatch;
  /** One for the process. */
  readonly news: News;
  readonly settings: DeliverySettings;
  readonly logger: Logger;
  readonly onStage: (stage: Stage, driver: string, since: Date) => void;
  /** The work on a system ended in an error of our own. */
  readonly onOwnError: () => void;
}

/**
 * Works the targets of a claimed system, then gives the system back. The lease is renewed meanwhile; when it is lost, or
 * the process is told to stop, the requests under way are the last ones. An error of our own rests the
 * system, and is thrown.
 * @param claimedAt of `performance.now()`, before it was claimed
 */
export async function workSystem(
  context: DeliveryContext,
  system: ClaimedSystem,
  holder: string,
  claimedAt: number,
  stop: AbortSignal,
): Promise<void> {
  const { dataSource, settings, logger } = context;
  const key = { systemId: system.id, holder };
  const finished = new AbortController();
  const pauses = context.pauses.begin(system.id);
  const lease = context.leases.keep(key, claimedAt);
  const request = abortAfter(stop, settings.stopGraceMs, lease.lost, finished.signal);
  checkBeforeSending(request, lease.check);
  try {
    const stopOrLost = AbortSignal.any([stop, lease.lost]);
    const trouble = await workTargets(context, { system, key, pauses, stop: stopOrLost, request });
    const isKnown = trouble !== undefined && (trouble !== null || !stopOrLost.aborted);
    const pause = trouble ? pauseMs(trouble, system.failures, settings.pausesMs) : 0;
    await releaseSystem(dataSource, key, isKnown ? { trouble, pauseMs: pause } : null);
    // Another process takes over what this one leaves.
    if (stop.aborted) await wake(dataSource);
    if (trouble) {
      const { reason } = trouble;
      logger.warn({ system: system.id, reason, pauseMs: pause }, 'the system is left alone');
    }
  } catch (error) {
    if (error instanceof LeaseLost)
      return logger.warn({ system: system.id }, 'the lease is lost; another worker goes on');
    // A defect of ours, or the database is away: leave the system for a moment, so that it is not hammered.
    const trouble: Trouble = { is: 'failing', reason: ownErrorInWords(error) };
    const pause = pauseMs(trouble, Math.min(system.failures, mostOwnErrors), settings.pausesMs);
    await releaseSystem(dataSource, key, { trouble, pauseMs: pause }).catch(() => undefined);
    throw error;
  } finally {
    finished.abort();
    lease.end();
    pauses.end();
  }
}

/** For operators; what else there is to know is in the log. */
export const ownErrorInWords = (error: unknown): string =>
  asKept(
    say`the connector met an error of its own; see its log (${cutText(error instanceof Error ? error.message : String(error), 200)})`,
  );

/**
 * Aborts at once when the lease is lost, and some time after the order to stop. A signal of its own and no
 * AbortSignal.any, which looks through its sources for each request that asks it.
 */
function abortAfter(
  stop: AbortSignal,
  graceMs: number,
  lost: AbortSignal,
  finished: AbortSignal,
): AbortSignal {
  const late = new AbortController();
  const begin = (): void => void waitOrStop(graceMs, finished).then(() => late.abort());
  if (stop.aborted) begin();
  else stop.addEventListener('abort', begin, { once: true, signal: finished });
  if (lost.aborted) late.abort();
  else lost.addEventListener('abort', () => late.abort(), { once: true, signal: finished });
  return late.signal;
}
