import { Turnstile } from '#targets';
import { asKept, say } from '#words';
import { Alarm } from './alarm.ts';
import type { Trouble } from './answers.ts';
import { askForSystem } from './ask-for-system.ts';
import { pauseMs } from './pause.ts';
import type { PausesOf } from './pause-watch.ts';
import { mostTurns } from './plan-turn.ts';
import { runTurn, type RanTurn } from './run-turn.ts';
import { noteAnswer, type ClaimedSystem } from './system-lease.ts';
import { SystemLedger } from './system-ledger.ts';
import { takeWork, type Taken } from './take-work.ts';
import { logTurn } from './turn-log.ts';
import type { Holder, Turn } from './turn.ts';
import { Verdict } from './verdict.ts';
import type { DeliveryContext } from './work-system.ts';

/** Targets of a system that are under way together; they take turns for the requests that the system takes. */
const groupSize = 200;
/** Further work for a system at work is looked for so often, where some is likely. */
const lookAfterMs = 1_000;
/** Otherwise; the pause of a target may be over. */
const lookAnywayMs = 10_000;
/**
 * A target that is not done after so many turns for one revision is left alone. After a kill: one finds what is gone, one is in doubt,
 * and then those of `mostTurns`.
 */
const mostRounds = 2 + mostTurns + 1;

export interface Shift {
  readonly system: ClaimedSystem;
  readonly key: Holder;
  readonly pauses: PausesOf;
  /** Nothing more is begun; what is under way ends. */
  readonly stop: AbortSignal;
  /** Aborts the requests under way. */
  readonly request: AbortSignal;
}

/**
 * Works the targets of a claimed system, many at a time:
 * 1. a group of targets with work begins its turns, and is read and planned in a few statements, however many they are;
 * 2. each target sends its batches one after the other, all of them in turn, as many at a time as the system takes;
 * 3. what is acknowledged is written for all targets together; a target that is done makes room for another.
 * A target that fails alone is left alone; when the system fails, nothing more is sent.
 * @returns the trouble of the system; null when it has none; undefined when nothing was learnt of it
 */
export async function workTargets(
  context: DeliveryContext,
  shift: Shift,
): Promise<Trouble | null | undefined> {
  const { dataSource, drivers, groups, settings, logger } = context;
  const { system, key, stop } = shift;
  const ledger = new SystemLedger(dataSource, key, context.writer);
  const verdict = new Verdict(system.failures > 0);
  const desk = { dataSource, drivers, system, key, ledger, verdict, logger };
  const finished = new Alarm();
  const underWay = new Set<string>();
  const errors: unknown[] = [];
  /** Something may be left to do that was not seen when work was last looked for. */
  let isMoreLikely = true;
  const maySend = (): boolean => !stop.aborted && verdict.trouble === null && errors.length === 0;
  const isTrusted = trustKeeper(context, shift, verdict);
  const run = turnRunner(context, shift, ledger, verdict, async () => (await isTrusted()) && maySend());

  const begin = async (taken: Taken): Promise<void> => {
    const { targetId } = taken.turn;
    underWay.add(targetId);
    await run(taken).then(
      ({ isApplied }) => (isMoreLikely ||= !isApplied),
      (error: unknown) => errors.push(error),
    );
    underWay.delete(targetId);
    finished.ring();
  };
  const writeConvicted = async (): Promise<void> => {
    const alone = verdict.takeConvicted();
    if (alone.length === 0) return;
    await ledger.rest(
      alone.map(({ targetId, failures, trouble }) => ({
        targetId,
        trouble: trouble.is,
        reason: trouble.reason,
        pauseMs: pauseMs(trouble, failures, settings.pausesMs),
      })),
    );
  };

  for (let lookedAt = -Infinity, isFull = false; maySend();) {
    const next = finished.next(lookAfterMs, stop);
    if (!(await isTrusted())) break;
    const most = verdict.room(groupSize);
    const room = most - underWay.size;
    // Groups are large, so that they cost few statements each.
    const isLikely = isMoreLikely || context.news.isNewerThan(lookedAt);
    const restMs = isFull ? 0 : isLikely ? lookAfterMs : lookAnywayMs;
    const mayLook = underWay.size === 0 || (room >= most / 2 && performance.now() >= lookedAt + restMs);
    if (mayLook) {
      await writeConvicted();
      // Whoever gave all their targets what they take leaves; what came meanwhile is found when systems are claimed.
      if (underWay.size === 0 && !isMoreLikely) break;
      const look = async (): Promise<readonly Taken[]> => {
        isMoreLikely = false;
        lookedAt = performance.now();
        return maySend() ? takeWork(desk, [...underWay, ...verdict.resting()], room) : [];
      };
      const taken = await groups.take(stop, look, begin);
      isFull = taken?.length === room;
      isMoreLikely ||= isFull;
      if (underWay.size === 0) break;
    }
    await next;
  }
  while (underWay.size > 0) await finished.next(lookAfterMs, new AbortController().signal);
  if (errors.length > 0) throw errors[0];
  verdict.close();
  await writeConvicted();
  await ledger.write();
  return verdict.trouble ?? (verdict.hasAnswers || system.failures === 0 ? null : undefined);
}

/** Says whether the system may be asked; whoever finds it in doubt waits for what others say of it, who are asked once. */
function trustKeeper(
  { dataSource, drivers }: DeliveryContext,
  { system, request }: Shift,
  verdict: Verdict,
): () => boolean | Promise<boolean> {
  let asking: Promise<void> | null = null;
  const isFine = (): boolean => verdict.trouble === null && !request.aborted;
  return () => {
    if (!verdict.isInDoubt) return isFine();
    asking ??= askForSystem(dataSource, drivers, system, verdict, request).finally(() => (asking = null));
    return asking.then(isFine);
  };
}

type RunTaken = (taken: Taken) => Promise<RanTurn>;

function turnRunner(
  context: DeliveryContext,
  { system, pauses, request }: Shift,
  ledger: SystemLedger,
  verdict: Verdict,
  maySend: () => Promise<boolean>,
): RunTaken {
  const { dataSource, drivers, desiredMarks, logger, onStage } = context;
  const places = new Turnstile(system.concurrency);
  const rounds = new Map<string, { readonly desired: number; count: number }>();
  let shown: Promise<void> | null = system.failures === 0 ? Promise.resolve() : null;

  const noteRound = ({ targetId, desired }: Turn): number => {
    const known = rounds.get(targetId);
    const round = known?.desired === desired ? known : { desired, count: 0 };
    rounds.set(targetId, round);
    return ++round.count;
  };

  return async ({ turn, opened, workload }) => {
    const { targetId, failures } = turn;
    const delivered = await runTurn({
      turn,
      opened,
      workload,
      ledger,
      signal: request,
      isTakenOver: turn.mayExist && !rounds.has(targetId),
      mustProbe: drivers.mustProbe(opened.driver, turn.applied === 0) || failures > 0,
      readMark: () => desiredMarks.read(dataSource, turn, opened.rules, workload.skipped),
      enter: async () => {
        const leave = await places.enter(request).catch(() => null);
        if (!leave) return null;
        let isFree = false;
        try {
          isFree = (await maySend()) && !(await pauses.isPaused(targetId));
        } finally {
          if (!isFree) leave();
        }
        return isFree ? leave : null;
      },
      onAnswered: () => {
        verdict.answered(targetId);
        shown ??= noteAnswer(dataSource, system.id);
      },
      onFailed: (trouble) => verdict.failed({ targetId, failures, trouble }),
      onStage,
    });
    await shown;
    logTurn(logger, turn, workload.plan, delivered);
    if (delivered.trouble || noteRound(turn) < mostRounds) return delivered;
    const trouble = { is: 'failing', reason: asKept(say`records that were written are gone again`) } as const;
    verdict.convict({ targetId, failures, trouble });
    return delivered;
  };
}
