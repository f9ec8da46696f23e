import type { DataSource } from 'typeorm';
import { inTransaction } from '#platform';
import type { Attempt } from '../attempts/attempt.ts';
import type { Outcome } from './answers.ts';
import type { GroupWriter, Resting } from './group-writer.ts';
import { decidesAlone, holdLeases, LeaseLost, writePlans, type TargetOutcome } from './ledger.ts';
import type { Plan } from './plan.ts';
import type { EndedTurn, Holder } from './turn.ts';

interface Ending extends EndedTurn {
  readonly written: (isApplied: boolean) => void;
  readonly failed: (error: unknown) => void;
}

/** Answers that wait longer for the writer than they come hold up whoever brings more. */
const mostWaiting = 2_000;

/**
 * What becomes of all targets of a system, gathered for the writer of the process: many small answers of many targets cost
 * one transaction, in which the turns that they end are closed too. Nothing is written once the lease is lost.
 */
export class SystemLedger {
  private outcomes: TargetOutcome[] = [];
  private endings: Ending[] = [];
  private attempts: Attempt[] = [];
  private resting: Resting[] = [];
  private underWay = 0;
  private writing: Promise<void> = Promise.resolve();
  /** Something could not be written: nothing that follows it may be, so that the next turn knows that it must look. */
  private failure: { readonly error: unknown } | null = null;

  constructor(
    private readonly dataSource: DataSource,
    private readonly key: Holder,
    private readonly writer: GroupWriter,
  ) {}

  /** Turns begin; what their plans decide without asking the targets is written. */
  async begin(turns: readonly { readonly targetId: string; readonly plan: Plan }[]): Promise<void> {
    const deciding = turns.filter(({ plan }) => decidesAlone(plan));
    if (deciding.length > 0) {
      await inTransaction(this.dataSource, async (transaction) => {
        const held = await holdLeases(transaction, [this.key]);
        if (held.size === 0) throw new LeaseLost(this.key);
        await writePlans(transaction, deciding, this.writer.again);
      });
    }
    this.underWay += turns.length;
  }

  /** @throws what kept an earlier one from being written */
  async record(targetId: string, outcomes: readonly Outcome[]): Promise<void> {
    if (this.failure) throw this.failure.error;
    for (const outcome of outcomes) this.outcomes.push({ targetId, outcome });
    if (this.outcomes.length >= mostWaiting) await this.write();
    else if (outcomes.length > 0) this.writeSoon();
  }

  /** For whoever looks later; written with what comes next, at the latest with the end of the turn. */
  note(attempts: readonly Attempt[]): void {
    this.attempts.push(...attempts);
  }

  /** @returns once it is written, whether the target holds all of the revision that it takes */
  end(ended: EndedTurn): Promise<boolean> {
    this.underWay--;
    return new Promise((written, failed) => {
      this.endings.push({ ...ended, written, failed });
      this.writeSoon();
    });
  }

  async rest(targets: readonly Resting[]): Promise<void> {
    this.resting.push(...targets);
    await this.write();
  }

  /** Everything that waits is written. */
  async write(): Promise<void> {
    this.writing = this.writing.catch(() => undefined).then(() => this.writeNow());
    return this.writing;
  }

  private readonly writeWaiting = (): void => void this.write().catch(() => undefined);

  /** At once when nobody is under way any more who would add to it. A failure is told to those who wait for it. */
  private writeSoon(): void {
    if (this.underWay === 0) this.writeWaiting();
    else this.writer.soon(this.writeWaiting);
  }

  private async writeNow(): Promise<void> {
    const { outcomes, endings, resting, attempts } = this;
    [this.outcomes, this.endings, this.resting, this.attempts] = [[], [], [], []];
    if (outcomes.length + endings.length + resting.length + attempts.length === 0) return;
    try {
      if (this.failure) throw this.failure.error;
      const applied = await this.writer.write({ key: this.key, outcomes, endings, resting, attempts });
      for (const { turn, written } of endings) written(applied.has(turn.targetId));
    } catch (error) {
      this.failure ??= { error };
      for (const { failed } of endings) failed(error);
      throw error;
    }
  }
}
