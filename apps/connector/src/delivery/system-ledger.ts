import type { DataSource } from 'typeorm';
import { inTransaction, json, runCount, sql, type Executor } from '#platform';
import type { Outcome } from './answers.ts';
import {
  decidesAlone,
  holdLease,
  writeOutcomes,
  writePlans,
  type TargetOutcome,
  type TryAgain,
} from './ledger.ts';
import type { Plan } from './plan.ts';
import { endTurns, type EndedTurn, type Holder, type Turn, type TurnEnd } from './turn.ts';

/** A target that is left alone for a while. */
export interface Resting {
  readonly targetId: string;
  readonly trouble: string;
  readonly reason: string;
  readonly pauseMs: number;
}

interface Ending extends EndedTurn {
  readonly written: (isApplied: boolean) => void;
  readonly failed: (error: unknown) => void;
}

/** Answers wait at most so long before they are written; a kill repeats at most those. */
const writeAfterMs = 50;
const mostWaiting = 2_000;

/**
 * What becomes of all targets of a system, written in groups: many small answers of many targets cost one transaction,
 * in which the turns that they end are closed too. Nothing is written once the lease is lost.
 */
export class SystemLedger {
  private outcomes: TargetOutcome[] = [];
  private endings: Ending[] = [];
  private resting: Resting[] = [];
  private underWay = 0;
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    private readonly key: Holder,
    private readonly again: TryAgain,
  ) {}

  /** Turns begin; what their plans decide without asking the targets is written. */
  async begin(turns: readonly { readonly targetId: string; readonly plan: Plan }[]): Promise<void> {
    const deciding = turns.filter(({ plan }) => decidesAlone(plan));
    if (deciding.length > 0) {
      await inTransaction(this.dataSource, async (transaction) => {
        await holdLease(transaction, this.key);
        await writePlans(transaction, deciding, this.again);
      });
    }
    this.underWay += turns.length;
  }

  async record(targetId: string, outcomes: readonly Outcome[]): Promise<void> {
    for (const outcome of outcomes) this.outcomes.push({ targetId, outcome });
    if (this.outcomes.length >= mostWaiting) await this.write();
    else if (outcomes.length > 0) this.writeSoon();
  }

  /** @returns once it is written, whether the target holds all of the revision that it takes */
  end(turn: Turn, end: TurnEnd): Promise<boolean> {
    this.underWay--;
    return new Promise((written, failed) => {
      this.endings.push({ turn, end, written, failed });
      this.writeSoon();
    });
  }

  async rest(targets: readonly Resting[]): Promise<void> {
    this.resting.push(...targets);
    await this.write();
  }

  /** Everything that waits is written. */
  async write(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing = this.writing.then(() => this.writeNow());
    return this.writing;
  }

  /** At once when nobody is under way any more who would add to it. A failure is told to those who wait for it. */
  private writeSoon(): void {
    if (this.underWay === 0) void this.write().catch(() => undefined);
    else this.timer ??= setTimeout(() => void this.write().catch(() => undefined), writeAfterMs);
  }

  private async writeNow(): Promise<void> {
    const { outcomes, endings, resting } = this;
    [this.outcomes, this.endings, this.resting] = [[], [], []];
    if (outcomes.length + endings.length + resting.length === 0) return;
    try {
      const applied = await inTransaction(this.dataSource, async (transaction) => {
        await holdLease(transaction, this.key);
        await writeOutcomes(transaction, outcomes, this.again);
        await writeResting(transaction, resting);
        return endTurns(transaction, endings);
      });
      for (const { turn, written } of endings) written(applied.has(turn.targetId));
    } catch (error) {
      for (const { failed } of endings) failed(error);
      throw error;
    }
  }
}

async function writeResting(transaction: Executor, resting: readonly Resting[]): Promise<void> {
  if (resting.length === 0) return;
  const rows = resting.map((row) => ({ ...row, reason: row.reason.slice(0, 500) }));
  await runCount(
    transaction,
    sql`update target t set failures = t.failures + 1, trouble = r.trouble, reason = r.reason,
          retry_at = now() + r."pauseMs" * interval '1 millisecond'
        from jsonb_to_recordset(${json(rows)}) as r("targetId" text, trouble text, reason text, "pauseMs" float8)
        where t.id = r."targetId"`,
  );
}
