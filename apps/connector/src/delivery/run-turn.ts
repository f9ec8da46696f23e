import type { Driver } from '#targets';
import { TurnWitness } from '../attempts/turn-witness.ts';
import type { Trouble } from './answers.ts';
import { deliver, type Delivered } from './deliver.ts';
import type { OpenedTarget } from './driver-cabinet.ts';
import type { Workload } from './load-work.ts';
import type { Sender } from './sender.ts';
import type { SystemLedger } from './system-ledger.ts';
import type { Turn, TurnEnd } from './turn.ts';

/** Of a revision on its way into a target: tried, after it was due; all acknowledged, after it was tried, and in all. */
export type Stage = 'first-attempt' | 'acknowledged' | 'complete';

export interface TargetTurn {
  readonly turn: Turn;
  readonly opened: OpenedTarget;
  readonly workload: Workload;
  readonly ledger: SystemLedger;
  /** An earlier turn, mostly of another process, never knew what became of what it sent, and this is the first one since. */
  readonly isTakenOver: boolean;
  /** Whether the target must say that it is ready before anything is sent. */
  readonly mustProbe: boolean;
  /** What the target should hold; see `markOfRecords`. */
  readonly readMark: () => Promise<string>;
  /** Waits for the target's turn. @returns how to leave, or null when the work must stop */
  readonly enter: () => Promise<(() => void) | null>;
  /** The target answered with something else than trouble, also where it only said that it is ready. */
  readonly onAnswered: () => void;
  readonly onFailed: (trouble: Trouble) => void;
  readonly onStage: (stage: Stage, driver: string, since: Date) => void;
  /** Aborts the request under way. */
  readonly signal: AbortSignal;
}

export interface RanTurn extends Delivered {
  /** The target holds all of the revision that it takes: no other turn follows. */
  readonly isApplied: boolean;
}

/** Brings one target as far as it goes. Resolves when that is written. */
export async function runTurn(target: TargetTurn): Promise<RanTurn> {
  const { turn, opened, ledger, readMark, onFailed } = target;
  const witness = new TurnWitness(turn, target.workload.plan, (attempts) => ledger.note(attempts));
  const driver = witness.watch(opened.driver);
  const refusal = target.mustProbe ? await probe(driver, target) : null;
  const delivered = refusal ? stoppedBy(refusal) : await send(driver, target);
  witness.end(delivered);
  if (delivered.trouble) onFailed(delivered.trouble);
  const end = await endOf(turn, delivered, target.workload.isLast, readMark);
  const isApplied = await ledger.end({ turn, end, mayBeLate: target.isTakenOver || delivered.hasLost });
  if (isApplied)
    noteStages(target, [
      ['acknowledged', turn.triedAt],
      ['complete', turn.publishedAt],
    ]);
  return { ...delivered, isApplied };
}

/** Of a target that goes from one revision to a later one: a new one gets revisions that are old. */
function noteStages(
  { turn: { applied, desired }, opened, onStage }: TargetTurn,
  stages: readonly (readonly [Stage, Date])[],
): void {
  if (applied === 0 || applied >= desired) return;
  for (const [stage, since] of stages) onStage(stage, opened.driverName, since);
}

async function send(driver: Sender & Pick<Driver, 'probe'>, target: TargetTurn): Promise<Delivered> {
  const { turn, workload, ledger } = target;
  let isTried = turn.triedBefore === turn.desired;
  return deliver(workload.plan, driver, {
    records: workload.records,
    signal: target.signal,
    failures: turn.failures,
    holdsRecords: turn.holdsRecords,
    isWell: async () => (await probe(driver, target)) === null,
    enter: async () => {
      const leave = await target.enter();
      if (leave && !isTried) noteStages(target, [['first-attempt', turn.dueAt]]);
      if (leave) isTried = true;
      return leave;
    },
    record: async (outcomes) => {
      if (outcomes.some(({ is }) => is !== 'waits')) target.onAnswered();
      await ledger.record(turn.targetId, outcomes);
    },
  });
}

async function probe(
  driver: Pick<Driver, 'probe'>,
  { enter, signal, onAnswered }: Pick<TargetTurn, 'enter' | 'signal' | 'onAnswered'>,
): Promise<Trouble | 'stopped' | null> {
  const leave = await enter();
  if (!leave) return 'stopped';
  const refusal = await driver.probe(signal).finally(leave);
  if (refusal === null) onAnswered();
  return refusal?.is === 'rejected' ? { is: 'failing', reason: refusal.reason } : refusal;
}

const stoppedBy = (refusal: Trouble | 'stopped'): Delivered => ({
  trouble: refusal === 'stopped' ? null : refusal,
  isComplete: false,
  isInDoubt: false,
  hasLost: false,
});

async function endOf(
  turn: Turn,
  { isComplete, isInDoubt }: Delivered,
  isLast: boolean,
  readMark: () => Promise<string>,
): Promise<TurnEnd> {
  if (isComplete && (turn.isInDoubt || !isLast)) return { is: 'certain' };
  if (isComplete) return { is: 'complete', mark: await readMark() };
  return { is: turn.mayExist || isInDoubt ? 'open' : 'left' };
}
