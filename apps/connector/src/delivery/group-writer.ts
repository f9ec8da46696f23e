import type { DataSource, EntityManager } from 'typeorm';
import { cutText, inTransaction, json, runCount, sql, type Executor } from '#platform';
import type { Attempt } from '../attempts/attempt.ts';
import { writeAttempts } from '../attempts/write-attempts.ts';
import { checkLate } from '../drift/check-late.ts';
import { holdLeases, LeaseLost, writeOutcomes, type TargetOutcome, type TryAgain } from './ledger.ts';
import { endTurns, type EndedTurn, type Holder } from './turn.ts';

/** A target that is left alone for a while. */
export interface Resting {
  readonly targetId: string;
  readonly trouble: string;
  readonly reason: string;
  readonly pauseMs: number;
}

/** What became of targets of one system. */
export interface Part {
  readonly key: Holder;
  readonly outcomes: readonly TargetOutcome[];
  readonly endings: readonly EndedTurn[];
  readonly attempts: readonly Attempt[];
  readonly resting: readonly Resting[];
}

interface Waiting extends Part {
  /** With the targets that hold everything of the desired revision that they take. */
  readonly written: (applied: ReadonlySet<string>) => void;
  readonly failed: (error: unknown) => void;
}

/** Answers wait at most so long before they are written; a kill repeats at most those. */
const writeAfterMs = 50;
/** So many transactions at a time: one that waits does not hold up the others. */
const lanes = 2;
const mostOutcomes = 4_000;

/**
 * Writes the ledgers of all systems of this process. What comes while a transaction is under way is written by the next one
 * together, so that a hundred systems with a few answers each do not cost a hundred transactions. Of a system whose lease is
 * lost nothing is written; when a group cannot be written, each system is written by itself, so that one does not spoil the
 * others.
 */
export class GroupWriter {
  private waiting: Waiting[] = [];
  private busy = 0;
  /** Whatever is handed in at the same moment is written together. */
  private readonly asked = new Set<() => void>();
  private timer: NodeJS.Timeout | undefined;
  private called: NodeJS.Immediate | undefined;

  constructor(
    private readonly dataSource: DataSource,
    readonly again: TryAgain,
    private readonly requestTimeoutMs: number,
  ) {}

  /** @returns once it is written, the targets that hold everything. @throws LeaseLost */
  write(part: Part): Promise<ReadonlySet<string>> {
    return new Promise((written, failed) => {
      this.waiting.push({ ...part, written, failed });
      this.called ??= setImmediate(() => {
        this.called = undefined;
        if (this.busy < lanes) void this.drain();
      });
    });
  }

  /** Calls back soon, at the same moment as all who ask meanwhile, so that what they have is written together. */
  soon(write: () => void): void {
    this.asked.add(write);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      const asked = [...this.asked];
      this.asked.clear();
      for (const each of asked) each();
    }, writeAfterMs);
  }

  private async drain(): Promise<void> {
    this.busy++;
    for (let group = this.next(); group.length > 0; group = this.next()) await this.writeGroup(group);
    this.busy--;
  }

  private next(): Waiting[] {
    let outcomes = 0;
    const end = this.waiting.findIndex((part) => (outcomes += part.outcomes.length) > mostOutcomes);
    return this.waiting.splice(0, end < 0 ? this.waiting.length : Math.max(end, 1));
  }

  private async writeGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const { held, applied } = await inTransaction(this.dataSource, (transaction) =>
        this.writeHeld(transaction, group),
      );
      for (const part of group) {
        if (held.has(part)) part.written(applied);
        else part.failed(new LeaseLost(part.key));
      }
    } catch (error) {
      if (group.length === 1) group[0]?.failed(error);
      else for (const part of group) await this.writeGroup([part]);
    }
  }

  private async writeHeld(transaction: EntityManager, group: readonly Waiting[]) {
    const ids = await holdLeases(
      transaction,
      group.map(({ key }) => key),
    );
    const held = new Set(group.filter(({ key }) => ids.has(key.systemId)));
    const all = <T>(of: (part: Part) => readonly T[]): T[] => [...held].flatMap((part) => [...of(part)]);
    await writeOutcomes(
      transaction,
      all(({ outcomes }) => outcomes),
      this.again,
    );
    await writeResting(
      transaction,
      all(({ resting }) => resting),
    );
    await writeAttempts(
      transaction,
      all(({ attempts }) => attempts),
    );
    const ended = all(({ endings }) => endings);
    const applied = await endTurns(transaction, ended);
    const late = ended.flatMap(({ turn, mayBeLate }) => (mayBeLate ? [turn.targetId] : []));
    await checkLate(transaction, late, this.requestTimeoutMs);
    return { held, applied };
  }
}

async function writeResting(transaction: Executor, resting: readonly Resting[]): Promise<void> {
  if (resting.length === 0) return;
  const rows = resting.map((row) => ({ ...row, reason: cutText(row.reason, 500) }));
  await runCount(
    transaction,
    sql`update target t set failures = t.failures + 1, trouble = r.trouble, reason = r.reason,
          retry_at = now() + r."pauseMs" * interval '1 millisecond'
        from jsonb_to_recordset(${json(rows)}) as r("targetId" text, trouble text, reason text, "pauseMs" float8)
        where t.id = r."targetId"`,
  );
}
