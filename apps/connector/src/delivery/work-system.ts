import type { DataSource } from 'typeorm';
import { run, sql, waitOrStop, type Logger } from '#platform';
import {
  noteAnswer,
  readTargetsWithWork,
  releaseSystem,
  renewLease,
  type ClaimedSystem,
} from './system-lease.ts';
import type { Trouble } from './answers.ts';
import { deliverTarget, type Stage } from './deliver-target.ts';
import { LeaseLost } from './ledger.ts';
import type { DesiredHashes } from './in-step.ts';
import type { DriverCabinet } from './driver-cabinet.ts';
import { pauseMs } from './pause.ts';

export interface DeliverySettings {
  readonly leaseMs: number;
  /** Pauses after the first, second, … turn in a row that ended in trouble. */
  readonly pausesMs: readonly number[];
  readonly retryRejectedMs: number;
  /** A request under way when the process is told to stop may take so long to end. */
  readonly stopGraceMs: number;
}

export interface DeliveryContext {
  readonly dataSource: DataSource;
  readonly drivers: DriverCabinet;
  readonly desiredHashes: DesiredHashes;
  readonly settings: DeliverySettings;
  readonly logger: Logger;
  readonly onStage: (stage: Stage, driver: string, publishedAt: Date) => void;
}

/**
 * Works the targets of a claimed system in turn, then gives the system back. The lease is renewed meanwhile; when it is
 * lost, or the process is told to stop, the request under way is the last one.
 */
export async function workSystem(
  context: DeliveryContext,
  system: ClaimedSystem,
  holder: string,
  stop: AbortSignal,
): Promise<void> {
  const { dataSource, settings, logger } = context;
  const lost = new AbortController();
  const finished = new AbortController();
  const renewing = keepLease(context, system.id, holder, lost, finished.signal);
  const request = abortAfter(stop, settings.stopGraceMs, lost.signal, finished.signal);
  try {
    const trouble = await workTargets(context, system, holder, AbortSignal.any([stop, lost.signal]), request);
    const isInterrupted = stop.aborted || lost.signal.aborted;
    const outcome = trouble && { trouble, pauseMs: pauseMs(trouble, system.failures, settings.pausesMs) };
    finished.abort();
    await renewing;
    await releaseSystem(
      dataSource,
      system.id,
      holder,
      outcome ?? (isInterrupted ? null : { trouble: null, pauseMs: 0 }),
    );
    if (outcome)
      logger.warn(
        { system: system.id, reason: trouble?.reason, pauseMs: outcome.pauseMs },
        'the system is left alone',
      );
  } catch (error) {
    finished.abort();
    await renewing;
    if (error instanceof LeaseLost)
      return logger.warn({ system: system.id }, 'the lease is lost; another worker goes on');
    // A defect of ours, or the database is away: leave the system for a moment, so that it is not hammered.
    const trouble: Trouble = { is: 'failing', reason: 'the connector met an error of its own; see its log' };
    const pause = pauseMs(trouble, system.failures, settings.pausesMs);
    await releaseSystem(dataSource, system.id, holder, { trouble, pauseMs: pause }).catch(() => undefined);
    throw error;
  }
}

async function workTargets(
  context: DeliveryContext,
  system: ClaimedSystem,
  holder: string,
  stop: AbortSignal,
  request: AbortSignal,
): Promise<Trouble | null> {
  const { dataSource, drivers, settings, desiredHashes, logger, onStage } = context;
  for (const targetId of await readTargetsWithWork(dataSource, system.id)) {
    if (stop.aborted) return null;
    const opened = await drivers.open(system, targetId);
    if ('trouble' in opened) return opened.trouble;
    if (system.failures > 0 || opened.isNew) {
      const refusal = await opened.driver.probe(request);
      if (stop.aborted) return null;
      if (refusal) return refusal.is === 'slow-down' ? refusal : { is: 'failing', reason: refusal.reason };
      drivers.noteProbed(targetId);
    }
    const trouble = await deliverTarget({
      dataSource,
      driver: opened.driver,
      rules: opened.rules,
      key: { systemId: system.id, targetId, holder, retryRejectedMs: settings.retryRejectedMs },
      desiredHashes,
      signal: request,
      logger,
      mayGoOn: async () => !stop.aborted && !(await isPaused(dataSource, targetId)),
      onAnswered: async () => void (system.failures > 0 && (await noteAnswer(dataSource, system.id))),
      onStage: (stage, publishedAt) => onStage(stage, opened.driverName, publishedAt),
    });
    if (trouble) return trouble;
  }
  return null;
}

async function isPaused(dataSource: DataSource, targetId: string): Promise<boolean> {
  return (await run(dataSource, sql`select from target where id = ${targetId} and paused`)).length > 0;
}

async function keepLease(
  { dataSource, settings, logger }: DeliveryContext,
  systemId: string,
  holder: string,
  lost: AbortController,
  finished: AbortSignal,
): Promise<void> {
  let goodUntil = performance.now() + settings.leaseMs;
  for (;;) {
    await waitOrStop(settings.leaseMs / 3, finished);
    if (finished.aborted) return;
    const asked = performance.now();
    const isOurs = await renewLease(dataSource, systemId, holder, settings.leaseMs).catch(
      (error: unknown) => {
        logger.warn({ err: error, system: systemId }, 'the lease could not be renewed');
        return performance.now() < goodUntil - settings.leaseMs / 3;
      },
    );
    if (!isOurs) return lost.abort();
    goodUntil = asked + settings.leaseMs;
  }
}

/** Aborts at once when the lease is lost, and some time after the order to stop. */
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
  return AbortSignal.any([lost, late.signal]);
}
