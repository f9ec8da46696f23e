import type { DataSource } from 'typeorm';
import { run, sql } from '#platform';

/** What an operator paused is seen so soon. */
const lookAfterMs = 100;

/** Which targets of a system must not be sent anything: paused, in quarantine, taken out of the file, or all while the system is closed. */
export class PauseWatch {
  private paused: Promise<Set<string>> = Promise.resolve(new Set());
  private lookedAt = -Infinity;

  constructor(
    private readonly dataSource: DataSource,
    private readonly systemId: string,
  ) {}

  async isPaused(targetId: string): Promise<boolean> {
    if (performance.now() - this.lookedAt > lookAfterMs) {
      this.lookedAt = performance.now();
      this.paused = this.look();
    }
    return (await this.paused).has(targetId);
  }

  private async look(): Promise<Set<string>> {
    const rows = await run<{ id: string }>(
      this.dataSource,
      sql`select t.id from target t join system s on s.id = t.system_id
          where s.id = ${this.systemId} and (t.paused or t.quarantine is not null or not t.listed or s.schedule_id not in (select open_schedules()))`,
    );
    return new Set(rows.map(({ id }) => id));
  }
}
