import type { DataSource } from 'typeorm';
import type { Logger } from '#platform';
import type { Driver } from '#targets';
import type { Outcome, Trouble } from './answers.ts';
import { deliver, type Delivered } from './deliver.ts';
import { hashOfAcknowledged, hasStuck, type DesiredHashes } from './in-step.ts';
import { writeOutcomes, writePlan, type LedgerKey } from './ledger.ts';
import { loadWork } from './load-work.ts';
import { plan, type Plan } from './plan.ts';
import type { RenderRules } from './render.ts';
import { beginTurn, completeTurn, demandFullComparison, endDoubt, leaveTurn, type Turn } from './turn.ts';

/** Of a revision on its way into a target. */
export type Stage = 'first-acknowledged' | 'complete';

export interface TargetDelivery {
  readonly dataSource: DataSource;
  readonly driver: Driver;
  readonly key: LedgerKey;
  readonly rules: RenderRules;
  readonly desiredHashes: DesiredHashes;
  /** False when the work must stop: the process ends, the lease is lost, or the target is paused. */
  readonly mayGoOn: () => Promise<boolean>;
  /** Aborts the request under way. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
  /** After the first outcomes of a turn: the target does answer. */
  readonly onAnswered: () => Promise<void>;
  readonly onStage: (stage: Stage, publishedAt: Date) => void;
}

/** Outcomes wait at most so long before they are written; a kill repeats at most those. */
const writeAfterMs = 50;
const longestRounds = 5;

/**
 * Brings one target as far as it goes: what changes while it is at work, and records that turned out to be gone, are
 * taken up in a further round.
 * @returns the trouble that stopped it, or null
 */
export async function deliverTarget(delivery: TargetDelivery): Promise<Trouble | null> {
  for (let round = 1; round <= longestRounds; round++) {
    const turn = await beginTurn(delivery.dataSource, delivery.key.targetId);
    if (!turn) return null;
    const { delivered, planned } = await runTurn(delivery, turn);
    logTurn(delivery, turn, planned, delivered);
    if (delivered.isComplete && turn.isInDoubt) await endDoubt(delivery.dataSource, turn);
    else if (delivered.isComplete) await closeTurn(delivery, turn);
    else if (!turn.mayExist && !delivered.isInDoubt) await leaveTurn(delivery.dataSource, turn);
    if (delivered.trouble) return delivered.trouble;
    if (!(await delivery.mayGoOn())) return null;
  }
  return { is: 'failing', reason: 'records that were written are gone again' };
}

async function runTurn(
  delivery: TargetDelivery,
  turn: Turn,
): Promise<{ delivered: Delivered; planned: Plan }> {
  const { dataSource, driver, key, rules, mayGoOn, signal } = delivery;
  const { work, surroundings, records } = await loadWork(dataSource, turn, rules);
  const planned = plan(work, surroundings);
  await writePlan(dataSource, key, planned);
  const ledger = new GroupedLedger(delivery, turn);
  try {
    const context = { records, signal, mayGoOn, record: ledger.record };
    return { planned, delivered: await deliver(planned, driver, context) };
  } finally {
    await ledger.write();
  }
}

/** Collects outcomes, so that many small answers cost one transaction. */
class GroupedLedger {
  private waiting: Outcome[] = [];
  private since = 0;

  private isFirst: boolean;
  private isAnswered = false;

  constructor(
    private readonly delivery: TargetDelivery,
    private readonly turn: Turn,
  ) {
    this.isFirst = turn.applied < turn.desired;
  }

  readonly record = async (outcomes: readonly Outcome[]): Promise<void> => {
    if (outcomes.length === 0) return;
    if (this.isFirst && outcomes.some(({ is }) => is === 'done')) this.noteFirst();
    if (this.waiting.length === 0) this.since = performance.now();
    this.waiting.push(...outcomes);
    if (performance.now() - this.since >= writeAfterMs || this.waiting.length >= 200) await this.write();
  };

  private noteFirst(): void {
    this.isFirst = false;
    this.delivery.onStage('first-acknowledged', this.turn.publishedAt);
  }

  async write(): Promise<void> {
    const outcomes = this.waiting;
    this.waiting = [];
    await writeOutcomes(this.delivery.dataSource, this.delivery.key, outcomes);
    if (outcomes.length === 0 || this.isAnswered) return;
    this.isAnswered = true;
    await this.delivery.onAnswered();
  }
}

/** In step is proved, not assumed; a ledger that does not add up is compared in full, once. */
async function closeTurn(delivery: TargetDelivery, turn: Turn): Promise<void> {
  const { dataSource, key, rules, desiredHashes, logger } = delivery;
  const hash = await hashOfAcknowledged(dataSource, key.targetId);
  const isEqual = hash === (await desiredHashes.read(dataSource, turn, rules));
  if (!isEqual && !turn.isFull && !(await hasStuck(dataSource, key.targetId))) {
    logger.warn(
      { target: key.targetId, revision: turn.desired },
      'the ledger differs from the map; comparing in full',
    );
    await demandFullComparison(dataSource, turn);
    return;
  }
  await completeTurn(dataSource, turn, { isInStep: isEqual, hash });
  if (turn.applied < turn.desired) delivery.onStage('complete', turn.publishedAt);
}

function logTurn(
  { key, logger }: TargetDelivery,
  turn: Turn,
  { steps, stopped }: Plan,
  { trouble, isComplete }: Delivered,
) {
  logger.info(
    {
      target: key.targetId,
      applied: turn.applied,
      desired: turn.desired,
      steps: steps.length,
      stopped: stopped.length,
      isComplete,
      ...(trouble ? { trouble: trouble.is, reason: trouble.reason } : {}),
    },
    'delivery turn',
  );
}
