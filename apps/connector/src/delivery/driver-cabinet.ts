import type { DataSource } from 'typeorm';
import { run, sql } from '#platform';
import type { Connection, Driver } from '#targets';
import { SecretMissing, type ReadSecret } from '../registry/secret.ts';
import type { Trouble } from './answers.ts';
import type { RenderRules } from './render.ts';
import type { ClaimedSystem } from './system-lease.ts';

export interface OpenedTarget {
  readonly targetId: string;
  readonly driverName: string;
  readonly driver: Driver;
  readonly rules: RenderRules;
  /** Not probed yet since it was opened. */
  readonly isNew: boolean;
}

/** Makes a driver for a connection. Throws when the settings of the profile are not what the driver expects. */
export type OpenDriver = (name: string, connection: Connection) => Driver;

interface ProfileRow {
  readonly driver: string;
  readonly language: string;
  readonly missingTitle: 'show' | 'refuse';
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Drivers that are open, so that a session of a target outlives a turn. A changed address, secret or profile opens a new one. */
export class DriverCabinet {
  private readonly opened = new Map<string, { readonly connection: string; target: OpenedTarget }>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly openDriver: OpenDriver,
    private readonly readSecret: ReadSecret,
    private readonly requestTimeoutMs: number,
  ) {}

  /** @returns the target ready for work; or the trouble, in words that name no secret */
  async open(system: ClaimedSystem, targetId: string): Promise<OpenedTarget | { readonly trouble: Trouble }> {
    const [profile] = await run<ProfileRow>(
      this.dataSource,
      sql`select p.driver, p.language, p.missing_title as "missingTitle", p.settings
          from target t join profile p on p.id = t.profile_id where t.id = ${targetId}`,
    );
    if (!profile) throw new Error(`the target ${targetId} is not registered`);
    try {
      return this.openWith(system, targetId, profile, await this.readSecret(system.secret));
    } catch (error) {
      const reason =
        error instanceof SecretMissing ? error.message : 'the settings of its profile do not fit the driver';
      return { trouble: { is: 'failing', reason } };
    }
  }

  noteProbed(targetId: string): void {
    const kept = this.opened.get(targetId);
    if (kept) kept.target = { ...kept.target, isNew: false };
  }

  async close(): Promise<void> {
    await Promise.all([...this.opened.values()].map(({ target }) => target.driver.close()));
    this.opened.clear();
  }

  private openWith(
    system: ClaimedSystem,
    targetId: string,
    profile: ProfileRow,
    secret: string,
  ): OpenedTarget {
    const { driver: driverName, language, missingTitle, settings } = profile;
    const { address, user } = system;
    const connection = { address, user, secret, settings, requestTimeoutMs: this.requestTimeoutMs };
    const key = JSON.stringify([driverName, language, missingTitle, connection]);
    const kept = this.opened.get(targetId);
    if (kept?.connection === key) return kept.target;
    const driver = this.openDriver(driverName, connection);
    void kept?.target.driver.close();
    const { uniqueCodes, longestCode, longestTitle } = driver.capabilities;
    const rules = { language, missingTitle, uniqueCodes, longestCode, longestTitle };
    const target = { targetId, driverName, driver, rules, isNew: true };
    this.opened.set(targetId, { connection: key, target });
    return target;
  }
}
