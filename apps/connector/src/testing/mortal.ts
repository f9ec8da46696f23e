import type { DataSource } from 'typeorm';
import type { Driver } from '#targets';

/** Thrown at, and after, the moment of death. */
export class Killed extends Error {}

/**
 * A process that dies at a chosen moment: whatever it asks of the database or of a target from then on does not happen.
 * A moment is a request to either; `after` says whether the fatal request itself still takes effect.
 */
export class Mortal {
  moments = 0;
  private readonly died = Promise.withResolvers<void>();
  /** Resolves at the moment of death. */
  readonly death = this.died.promise;

  constructor(
    private readonly diesAt: number,
    private readonly after: boolean,
  ) {}

  get isDead(): boolean {
    return this.moments >= this.diesAt;
  }

  /** @returns what `request` gives, while alive */
  async live<T>(request: () => Promise<T>): Promise<T> {
    if (this.isDead) throw new Killed();
    this.moments++;
    if (!this.isDead) return request();
    this.died.resolve();
    if (this.after) await request();
    throw new Killed();
  }

  /** The connections of this process: close them to see what it left behind. */
  inhabit(dataSource: DataSource): DataSource {
    const create = dataSource.createQueryRunner.bind(dataSource);
    dataSource.createQueryRunner = (...mode) => {
      const runner = create(...mode);
      const query = runner.query.bind(runner);
      runner.query = (...given: Parameters<typeof query>) => this.live(() => query(...given));
      return runner;
    };
    return dataSource;
  }

  private deleting(driver: Driver): Partial<Pick<Driver, 'delete' | 'countUses'>> {
    const remove = driver.delete?.bind(driver);
    const countUses = driver.countUses?.bind(driver);
    return {
      ...(remove ? { delete: (ids, signal) => this.live(() => remove(ids, signal)) } : {}),
      ...(countUses ? { countUses: (ids, signal) => this.live(() => countUses(ids, signal)) } : {}),
    };
  }

  drive(driver: Driver): Driver {
    return {
      capabilities: driver.capabilities,
      write: (steps, signal) => this.live(() => driver.write(steps, signal)),
      probe: (signal) => this.live(() => driver.probe(signal)),
      ...this.deleting(driver),
      list: (signal) => driver.list(signal),
      close: () => driver.close(),
    };
  }
}
