import type { DataSource } from 'typeorm';
import { run, sql } from '#platform';

/** What an operator paused is seen so soon. */
const lookAfterMs = 100;

interface Paused {
  readonly targets: ReadonlySet<string>;
  /** Systems that may not be written to now. */
  readonly systems: ReadonlySet<string>;
}

/**
 * Which targets of the systems at work must not be sent anything: paused, in quarantine, taken out of the file, or all while
 * their system is closed. One statement for all systems of the process, however many are at work.
 */
export class PauseWatch {
  private readonly atWork = new Set<string>();
  private paused: Promise<Paused> = Promise.resolve({ targets: new Set(), systems: new Set() });
  private lookedAt = -Infinity;

  constructor(private readonly dataSource: DataSource) {}

  begin(systemId: string): void {
    this.atWork.add(systemId);
    this.lookedAt = -Infinity;
  }

  end(systemId: string): void {
    this.atWork.delete(systemId);
  }

  async isPaused(systemId: string, targetId: string): Promise<boolean> {
    if (performance.now() - this.lookedAt > lookAfterMs) {
      this.lookedAt = performance.now();
      this.paused = this.look([...this.atWork]);
    }
    const { systems, targets } = await this.paused;
    return systems.has(systemId) || targets.has(targetId);
  }

  private async look(atWork: readonly string[]): Promise<Paused> {
    const [found] = await run<{ targets: string[]; systems: string[] }>(
      this.dataSource,
      sql`select
            array(select id from target where system_id = any(${atWork}::text[])
              and (paused or quarantine is not null or not listed)) as targets,
            array(select id from system where id = any(${atWork}::text[])
              and schedule_id not in (select open_schedules())) as systems`,
    );
    return { targets: new Set(found?.targets), systems: new Set(found?.systems) };
  }
}
