import type { DataSource } from 'typeorm';
import { run, sql } from '#platform';
import {
  openAccess,
  discreetDriver,
  soundDriver,
  type Access,
  type Connection,
  type Driver,
  type DryRequest,
} from '#targets';
import { NotAllowed } from '../registry/allowed.ts';
import { asKept, say } from '#words';
import { SecretMissing, type ReadSecret } from '../registry/secret.ts';
import type { Trouble } from './answers.ts';
import { policiesOf, type ChosenPolicies } from './policies.ts';
import type { RenderRules } from './render.ts';
import type { ClaimedSystem } from './system-lease.ts';

export interface OpenedTarget {
  readonly driverName: string;
  readonly driver: Driver;
  /** One more driver, over the same connections, which tells what it would write and sends none of it. Close it. */
  readonly openDry: (onDryRequest: (request: DryRequest) => void) => Driver;
  readonly rules: RenderRules;
  /** The same for targets whose records are made in the same way. */
  readonly rulesKey: string;
}

/** The settings of a profile or a target do not fit its driver. */
export interface NotOpened {
  readonly reason: string;
  readonly failures: number;
}

/** Makes a driver for a connection. Throws when the settings are not what the driver expects. */
export type OpenDriver = (name: string, connection: Connection) => Driver;

/** A target with what its profile says. */
export interface TargetRow {
  readonly id: string;
  readonly failures: number;
  readonly driver: string;
  readonly language: string;
  readonly missingTitle: 'show' | 'refuse';
  readonly kind: string;
  readonly policies: ChosenPolicies;
  readonly settings: Readonly<Record<string, unknown>>;
}

interface OpenedSystem {
  readonly key: string;
  readonly secret: string;
  readonly access: Access;
}

interface OpenedDriver {
  readonly access: Access;
  readonly driver: Driver;
}

/** A `TargetRow`, of a target `t` with its profile `p`. */
export const targetRow = sql`t.id, t.failures, p.driver, p.language, p.missing_title as "missingTitle", p.kind, p.policies,
  p.settings || t.settings as settings`;

/** Of all systems. One takes some 4 kB, and is made in microseconds. */
const mostDrivers = 1_024;

/**
 * Systems and drivers that are open, so that connections and sign-ins outlive a turn and are shared by the targets of a
 * system. A changed address, secret or limit opens the system anew. What was not asked for longest is let go, and not
 * closed: whoever still uses it goes on, and its connections close by themselves when nobody does.
 */
export class DriverCabinet {
  private readonly systems = new Map<string, OpenedSystem>();
  /** By system, driver and settings: targets that differ in nothing share one. */
  private readonly opened = new Map<string, OpenedDriver>();
  private readonly probed = new WeakSet<Driver>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly openDriver: OpenDriver,
    private readonly readSecret: ReadSecret,
    private readonly requestTimeoutMs: number,
    /** Kept open; at least as many as are at work together. */
    private readonly mostSystems = 256,
    /** Throws NotAllowed where nothing may be sent. */
    private readonly assertMaySend: (
      driver: string,
      connection: Pick<Connection, 'address' | 'settings'>,
    ) => void = () => undefined,
  ) {}

  /** @returns each target ready for work, or why not; or the trouble of the system, in words that name no secret */
  async open(
    system: ClaimedSystem,
    targetIds: readonly string[],
  ): Promise<Map<string, OpenedTarget | NotOpened> | { readonly trouble: Trouble }> {
    const rows = await run<TargetRow>(
      this.dataSource,
      sql`select ${targetRow}
          from target t join profile p on p.id = t.profile_id where t.id = any(${targetIds}::text[])`,
    );
    try {
      const opened = this.openSystem(system, await this.readSecret(system.secret));
      return new Map(rows.map((row) => [row.id, this.openTarget(system, opened, row)]));
    } catch (error) {
      if (!(error instanceof SecretMissing)) throw error;
      return { trouble: { is: 'failing', reason: error.message } };
    }
  }

  /** Whether a target must be asked if it is ready; of targets that share a driver and hold nothing yet, one is. */
  mustProbe(driver: Driver, isEmpty: boolean): boolean {
    if (!isEmpty || this.probed.has(driver)) return false;
    this.probed.add(driver);
    return true;
  }

  /** How the records of a target are made; null where its settings do not fit the driver. Nobody is asked. */
  async rulesOf(address: string, row: TargetRow): Promise<RenderRules | null> {
    const { requestTimeoutMs } = this;
    const { driver: name, settings } = row;
    try {
      const driver = this.openDriver(name, { address, user: '', secret: '', settings, requestTimeoutMs });
      const rules = rulesFor(row, driver);
      await driver.close();
      return rules;
    } catch {
      return null;
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.systems.values()].map(({ access }) => access.close()));
    this.systems.clear();
    this.opened.clear();
  }

  private openSystem({ id, address, user, ...limits }: ClaimedSystem, secret: string): OpenedSystem {
    const { concurrency, ratePerSecond } = limits;
    // Others may hold an earlier or later row of it; both stay open.
    const key = JSON.stringify([id, address, user, secret, concurrency, ratePerSecond]);
    const { requestTimeoutMs } = this;
    const access = (): Access => openAccess(address, { concurrency, ratePerSecond, requestTimeoutMs });
    const system = this.systems.get(key) ?? { key, secret, access: access() };
    keepLatest(this.systems, key, system, this.mostSystems);
    return system;
  }

  private openTarget(
    { address, user }: ClaimedSystem,
    { key: systemKey, secret, access }: OpenedSystem,
    row: TargetRow,
  ): OpenedTarget | NotOpened {
    const { driver: driverName, settings, failures } = row;
    const key = JSON.stringify([systemKey, driverName, settings]);
    const { requestTimeoutMs } = this;
    const connection = { address, user, secret, settings, requestTimeoutMs, access };
    const discreet = (given: Connection): Driver =>
      discreetDriver(this.openDriver(driverName, given), secret, access);
    const open = (): Driver => {
      this.assertMaySend(driverName, connection);
      return soundDriver(discreet(connection));
    };
    try {
      const known = this.opened.get(key);
      const driver = known?.access === access ? known.driver : open();
      keepLatest(this.opened, key, { access, driver }, mostDrivers);
      const rules = rulesFor(row, driver);
      const openDry = (onDryRequest: (request: DryRequest) => void): Driver =>
        discreet({ ...connection, onDryRequest });
      return { driverName, driver, openDry, rules, rulesKey: JSON.stringify(rules) };
    } catch (error) {
      const notFit = asKept(say`the settings of its profile do not fit the driver`);
      return { reason: error instanceof NotAllowed ? error.message : notFit, failures };
    }
  }
}

/** What was kept longest ago without being kept again goes, where there are more. */
function keepLatest<T>(kept: Map<string, T>, key: string, value: T, most: number): void {
  kept.delete(key);
  kept.set(key, value);
  const [oldest] = kept.keys();
  if (kept.size > most && oldest !== undefined) kept.delete(oldest);
}

function rulesFor(
  { language, missingTitle, kind, policies }: TargetRow,
  { capabilities: { uniqueCodes, longestCode, longestTitle } }: Driver,
): RenderRules {
  const limits = { uniqueCodes, longestCode, longestTitle };
  return { language, missingTitle, policies: policiesOf(kind, policies), ...limits };
}
