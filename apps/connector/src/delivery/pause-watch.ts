import { run, sql, type Executor } from '#platform';

/** What an operator paused is looked for so often. */
const lookAfterMs = 100;
/** Nobody sends by an answer that is older, without having waited for the next one. */
const mostAgeMs = 500;

/** One piece of work on a system. */
export interface PausesOf {
  /** Nor must anything be sent once the work has ended. */
  isPaused(targetId: string): Promise<boolean>;
  end(): void;
}

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
  private readonly atWork = new Set<{ readonly systemId: string }>();
  private known: Paused = { targets: new Set(), systems: new Set(), at: -Infinity };
  private looking: Promise<void> | null = null;

  constructor(private readonly executor: Executor) {}

  /** What was asked before it began says nothing of the system. */
  begin(systemId: string): PausesOf {
    const work = { systemId };
    const begun = performance.now();
    this.atWork.add(work);
    return {
      isPaused: async (targetId) => {
        if (!this.atWork.has(work)) return true;
        const now = performance.now();
        // Whoever has to wait for it is told when it fails.
        if (now - this.known.at > lookAfterMs) this.look().catch(() => undefined);
        const since = Math.max(begun, now - mostAgeMs);
        while (this.known.at <= since) await this.look();
        return this.known.systems.has(systemId) || this.known.targets.has(targetId);
      },
      end: () => void this.atWork.delete(work),
    };
  }

  private look(): Promise<void> {
    this.looking ??= this.ask().finally(() => (this.looking = null));
    return this.looking;
  }

  private async ask(): Promise<void> {
    const at = performance.now();
    const atWork = [...new Set([...this.atWork].map(({ systemId }) => systemId))];
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
