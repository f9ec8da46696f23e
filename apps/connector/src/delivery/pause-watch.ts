import { run, sql, type Executor } from '#platform';

/** What an operator paused is looked for so often. */
const lookAfterMs = 100;
/** Nobody sends by an answer that is older, however long Postgres takes for the next one. */
const mostAgeMs = 500;

interface Paused {
  readonly targets: ReadonlySet<string>;
  /** Systems that may not be written to now. */
  readonly systems: ReadonlySet<string>;
  /** When it was asked. */
  readonly at: number;
}

/**
 * Which targets of the systems at work must not be sent anything: paused, in quarantine, taken out of the file, or all while
 * their system is closed. One statement for all systems of the process, however many are at work; while it is under way
 * whoever asks goes by the answer before, because a hundred requests would wait for it ten times a second.
 */
export class PauseWatch {
  /** When each began. */
  private readonly atWork = new Map<string, number>();
  private known: Paused = { targets: new Set(), systems: new Set(), at: -Infinity };
  private looking: Promise<void> | null = null;

  constructor(private readonly executor: Executor) {}

  begin(systemId: string): void {
    this.atWork.set(systemId, performance.now());
  }

  end(systemId: string): void {
    this.atWork.delete(systemId);
  }

  /** Nor must the targets of a system be sent anything whose work has ended. */
  async isPaused(systemId: string, targetId: string): Promise<boolean> {
    const begun = this.atWork.get(systemId);
    if (begun === undefined) return true;
    // Whoever has to wait for it is told when it fails.
    if (this.ageSince(begun) > lookAfterMs) this.look().catch(() => undefined);
    while (this.ageSince(begun) > mostAgeMs) await this.look();
    return this.known.systems.has(systemId) || this.known.targets.has(targetId);
  }

  /** Of what is known; what was asked before a system began its work says nothing of it. */
  private ageSince(begun: number): number {
    return this.known.at > begun ? performance.now() - this.known.at : Infinity;
  }

  private look(): Promise<void> {
    this.looking ??= this.ask().finally(() => (this.looking = null));
    return this.looking;
  }

  private async ask(): Promise<void> {
    const at = performance.now();
    const atWork = [...this.atWork.keys()];
    const [found] = await run<{ targets: string[]; systems: string[] }>(
      this.executor,
      sql`select
            array(select id from target where system_id = any(${atWork}::text[])
              and (paused or quarantine is not null or not listed)) as targets,
            array(select id from system where id = any(${atWork}::text[])
              and schedule_id not in (select open_schedules())) as systems`,
    );
    this.known = { targets: new Set(found?.targets), systems: new Set(found?.systems), at };
  }
}
