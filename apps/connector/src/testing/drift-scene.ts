import type { DataSource } from 'typeorm';
import { createLogger, isRefusal } from '#platform';
import type { ChosenPolicies } from '../delivery/policies.ts';
import type { DeliveryContext } from '../delivery/work-system.ts';
import { askCheck, readReport } from '../drift/ask-check.ts';
import { claimCheck, type Claim, type Standing } from '../drift/claim-check.ts';
import { runCheck, type DriftContext } from '../drift/run-check.ts';
import type { DriftReport } from '../drift/schemas.ts';
import { deliverAll, deliveryTo, emptyDatabase, registerTargets, takeIn } from './delivery-harness.ts';
import { conceptNumber, MapHistory, mapOf } from './map-history.ts';
import { SimulatedTarget, type SimulatedRecord } from './simulated-target.ts';

export const id = 'target';
/** Of a report that finds nothing. */
export const nothing = { missing: 0, altered: 0, extra: 0, foreign: 0, inDoubt: 0 };

const settings = { everyMs: 86_400_000, mendedMs: 60_000, leaseMs: 30_000, againMs: 60_000 };

/** A target that drift checks read, in step with revision 2 of `map`: A1.3 is retired. */
export class DriftScene {
  readonly target = new SimulatedTarget();
  readonly history = new MapHistory('map');
  readonly delivery: DeliveryContext;
  readonly context: DriftContext;

  private constructor(readonly db: DataSource) {
    this.delivery = deliveryTo(db, { [id]: this.target, other: new SimulatedTarget() });
    const logger = createLogger('test', 'silent');
    const { drivers } = this.delivery;
    this.context = { dataSource: db, drivers, logger, onOwnError: () => undefined, settings };
  }

  static async begin(db: DataSource, policies: ChosenPolicies = {}): Promise<DriftScene> {
    await emptyDatabase(db);
    await registerTargets(db, [id], 'map', 'show', policies);
    const scene = new DriftScene(db);
    await scene.publish('1 A1 a', '2 A1.1 b', '3 A1.2 c', '4 A1.3 d', '5 A1.1.1 e');
    await scene.publish('1 A1 a', '2 A1.1 b', '3 A1.2 c', '5 A1.1.1 e');
    return scene;
  }

  /** Twelve more records, which are gone; the target holds seventeen. */
  static async withTwelveLost(db: DataSource, policies: ChosenPolicies = {}): Promise<DriftScene> {
    const scene = await DriftScene.begin(db, policies);
    const more = Array.from({ length: 12 }, (_, i) => `${10 + i} A2.${1 + i} titolo ${i}`);
    await scene.publish('1 A1 a', '2 A1.1 b', '3 A1.2 c', '5 A1.1.1 e', '6 A2 f', ...more);
    for (let i = 0; i < 12; i++) scene.target.records.delete(scene.recordOf(10 + i).id);
    return scene;
  }

  /** The next revision, and its delivery. @param lines of `mapOf` */
  async publish(...lines: readonly string[]): Promise<void> {
    await takeIn(this.db, this.history.publish(mapOf(lines)));
    await deliverAll(this.delivery);
  }

  /** Asks for a check, and carries it out where it may be. */
  async check(): Promise<DriftReport> {
    await askCheck(this.db, id);
    const claim = await this.claim();
    if (claim) await this.run(claim);
    return this.report();
  }

  claim(): Promise<(Claim & Standing) | null> {
    return claimCheck(this.db, crypto.randomUUID(), settings.leaseMs, settings.mendedMs);
  }

  run(claim: Claim & Standing): Promise<void> {
    return runCheck(this.context, claim, new AbortController().signal);
  }

  async report(after = 0, limit = 100): Promise<DriftReport> {
    const found = await readReport(this.db, id, { after, limit });
    if (isRefusal(found)) throw new Error(found.title.english);
    return found;
  }

  recordOf(n: number): SimulatedRecord {
    const [record] = this.target.withKey(conceptNumber(n));
    if (!record) throw new Error(`no record of concept ${n}`);
    return record;
  }
}
