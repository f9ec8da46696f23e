import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { run, sql } from '#platform';
import { spoken } from '#words';
import type { ChosenPolicies } from '../delivery/policies.ts';
import type { DeliveryContext } from '../delivery/work-system.ts';
import { readTargetPage } from '../operations/target-status.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import { deliverAll } from '../testing/delivery-harness.ts';
import { DriftScene, id, nothing } from '../testing/drift-scene.ts';
import { conceptNumber } from '../testing/map-history.ts';
import type { SimulatedRecord, SimulatedTarget } from '../testing/simulated-target.ts';
import { releaseRepair } from './release-repair.ts';
import type { DriftReport } from './schemas.ts';

let database: ConnectorDatabase;
let db: DataSource;
let scene: DriftScene;
let target: SimulatedTarget;
let delivery: DeliveryContext;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());
beforeEach(async () => take(await DriftScene.begin(db)));

function take(begun: DriftScene): void {
  scene = begun;
  ({ target, delivery } = begun);
}

const check = (): Promise<DriftReport> => scene.check();
const recordOf = (n: number): SimulatedRecord => scene.recordOf(n);
const loseTwelve = async (policies: ChosenPolicies = {}): Promise<void> =>
  take(await DriftScene.withTwelveLost(db, policies));

it('looks again soon as long as ever less is wrong, then once in a while', async () => {
  const dueAfter = async (...wrong: readonly number[]): Promise<number> => {
    for (const n of wrong) recordOf(n).content = { ...recordOf(n).content, title: 'di altri' };
    const { finishedAt, dueAt } = await check();
    await deliverAll(delivery);
    return Math.round((Date.parse(dueAt ?? '') - Date.parse(finishedAt ?? '')) / 60_000);
  };
  expect(await dueAfter(1, 2, 3)).toBe(1);
  expect(await dueAfter(1, 2)).toBe(1);
  expect(await dueAfter(2, 3)).toBe(1);
  expect(await dueAfter(2, 3)).toBe(1_440);
});

describe('a repair of too much', () => {
  it('is held, and is done when an operator has seen it', async () => {
    await loseTwelve();
    expect(await check()).toMatchObject({ state: 'drifted', held: true, missing: 12 });
    await deliverAll(delivery);
    expect(target.withKey(conceptNumber(10))).toEqual([]);
    expect(await releaseRepair(db.manager, id)).toEqual({ released: 12 });
    const released = await check();
    expect(released).toMatchObject({ state: 'drifted', held: false, missing: 12 });
    // Soon after, so that the report becomes right.
    const dueIn = Date.parse(released.dueAt ?? '') - Date.parse(released.finishedAt ?? '');
    expect(dueIn).toBeLessThanOrEqual(60_000);
    await deliverAll(delivery);
    expect(target.withKey(conceptNumber(10))).toHaveLength(1);
    expect(await check()).toMatchObject({ state: 'verified', held: false, ...nothing });
  });

  it('is held again when more is wrong than the operator saw', async () => {
    await loseTwelve();
    await check();
    await releaseRepair(db.manager, id);
    target.records.delete(recordOf(3).id);
    expect(await check()).toMatchObject({ state: 'drifted', held: true, missing: 13 });
    await deliverAll(delivery);
    expect(target.withKey(conceptNumber(3))).toEqual([]);
  });

  it('is done at once where the profile allows it', async () => {
    await loseTwelve({ driftLimit: 100 });
    expect(await check()).toMatchObject({ state: 'drifted', held: false, missing: 12 });
    await deliverAll(delivery);
    expect(await check()).toMatchObject({ state: 'verified', ...nothing });
  });

  it('cannot be released where none is held', async () => {
    await check();
    expect(await releaseRepair(db.manager, id)).toMatchObject({ code: 'drift-not-held' });
    expect(await releaseRepair(db.manager, 'nobody')).toMatchObject({ code: 'target-unknown' });
  });
});

describe('what is mended in vain', () => {
  /** The target acknowledges everything, and keeps another title of concept 3. */
  const keepAnother = (): void => {
    const { id: external } = recordOf(3);
    const write = target.write.bind(target);
    target.write = async (steps, stop) => {
      const answers = await write(steps, stop);
      const record = target.records.get(external);
      if (record) record.content = { ...record.content, title: 'sempre altro' };
      return answers;
    };
  };
  const again = async (): Promise<DriftReport> => {
    const found = await check();
    await deliverAll(delivery);
    return found;
  };
  const state = async () =>
    spoken((await readTargetPage(db, {}, { limit: 1 })).targets, 'en').map((one) => [one.state, one.reason]);

  it('is told where what was mended waits to be sent, and the target is read meanwhile', async () => {
    keepAnother();
    recordOf(3).content = { ...recordOf(3).content, title: 'altro' };
    await run(db, sql`update target set paused = true`);
    expect(await check()).toMatchObject({ state: 'drifted', altered: 1, held: false });
    expect(await check()).toMatchObject({ state: 'in-doubt', altered: 0 });
    await run(db, sql`update target set paused = false`);
    await deliverAll(delivery);
    expect(await again()).toMatchObject({ state: 'drifted', altered: 1, held: true });
  });

  describe('and waited to be sent for longer than the second look', () => {
    const minutePasses = async (): Promise<void> => {
      await run(
        db,
        sql`update drift_check set due_at = due_at - interval '1 minute',
              started_at = started_at - interval '1 minute', finished_at = finished_at - interval '1 minute'`,
      );
      await run(
        db,
        sql`update link set acknowledged_at = acknowledged_at - interval '1 minute', mended_at = mended_at - interval '1 minute'`,
      );
    };
    const look = async (): Promise<DriftReport | null> => {
      const claim = await scene.claim();
      if (claim) await scene.run(claim);
      return claim && scene.report();
    };
    const setWrong = (n: number): void => {
      recordOf(n).content = { ...recordOf(n).content, title: 'altro' };
    };
    /** Concept 3 is mended, and is sent only after the second look. */
    const sendLate = async (secondLook: () => Promise<unknown>): Promise<void> => {
      keepAnother();
      setWrong(3);
      await run(db, sql`update target set paused = true`);
      await check();
      await secondLook();
      await run(db, sql`update target set paused = false`);
      await deliverAll(delivery);
    };
    const inDoubt = async (): Promise<void> => expect(await check()).toMatchObject({ state: 'in-doubt' });

    /** Of the next look, in minutes. */
    const dueIn = async (): Promise<number> =>
      Math.round((Date.parse((await scene.report()).dueAt ?? '') - Date.now()) / 60_000);

    it('is told a minute after it was sent, and not looked at again', async () => {
      await sendLate(inDoubt);
      expect(await look()).toBeNull();
      expect(await dueIn()).toBe(1);
      await minutePasses();
      expect(await look()).toMatchObject({ state: 'drifted', altered: 1, held: true });
      await run(db, sql`update drift_check set due_at = now() + interval '1 day'`);
      expect(await dueIn()).toBe(1_440);
      await minutePasses();
      expect(await look()).toBeNull();
    });

    it('is told so, too, where the second look found and mended as much that is new', async () => {
      await sendLate(async () => {
        setWrong(2);
        expect(await check()).toMatchObject({ state: 'drifted', altered: 1, held: false });
      });
      expect(await look()).toBeNull();
      await minutePasses();
      expect(await look()).toMatchObject({ state: 'drifted', altered: 1, held: true });
      await minutePasses();
      expect(await look()).toBeNull();
    });

    it('is looked at for what the last look itself mended, ever later, so that the report becomes right', async () => {
      setWrong(3);
      await again();
      setWrong(2);
      expect(await again()).toMatchObject({ state: 'drifted', altered: 1, held: false });
      expect(await dueIn()).toBe(1);
      await run(db, sql`update drift_check set finished_at = now() - interval '10 minutes'`);
      setWrong(5);
      expect(await again()).toMatchObject({ state: 'drifted', altered: 1, held: false });
      expect(await dueIn()).toBe(20);
      await run(db, sql`update drift_check set due_at = now()`);
      expect(await look()).toMatchObject({ state: 'verified', altered: 0 });
    });

    it('is looked at after a pause when a delivery began meanwhile', async () => {
      await sendLate(inDoubt);
      await minutePasses();
      target.afterPage = async () => {
        target.afterPage = async () => undefined;
        await scene.publish('1 A1 nuovo', '2 A1.1 b', '3 A1.2 c', '5 A1.1.1 e');
      };
      expect(await look()).toMatchObject({ state: 'in-doubt' });
      expect(await look()).toBeNull();
      await minutePasses();
      expect(await look()).toMatchObject({ state: 'drifted', altered: 1, held: true });
    });

    it('is looked at anew when the process that did so was killed', async () => {
      await sendLate(inDoubt);
      await minutePasses();
      expect(await scene.claim()).not.toBeNull();
      expect(await scene.claim()).toBeNull();
      await run(db, sql`update drift_check set lease_until = now() - interval '1 second'`);
      expect(await look()).toMatchObject({ state: 'drifted', altered: 1, held: true });
    });
  });

  it('is told of a record that is made again, and is gone again each time', async () => {
    for (const held of [false, true]) {
      target.records.delete(recordOf(3).id);
      expect(await again()).toMatchObject({ state: 'drifted', missing: 1, held });
    }
    expect(target.withKey(conceptNumber(3))).toEqual([]);
    expect(await releaseRepair(db.manager, id)).toEqual({ released: 1 });
    await again();
    expect(target.withKey(conceptNumber(3))).toHaveLength(1);
    expect(await again()).toMatchObject({ state: 'verified', held: false });
    target.records.delete(recordOf(3).id);
    expect(await again()).toMatchObject({ state: 'drifted', missing: 1, held: false });
  });

  it('is told and not sent again, until an operator wants it tried once more; what else is wrong is mended', async () => {
    keepAnother();
    recordOf(3).content = { ...recordOf(3).content, title: 'altro' };
    await again();
    expect(await again()).toMatchObject({ state: 'drifted', altered: 1, held: true });
    expect(await state()).toEqual([['drifted', expect.stringContaining('was mended before')]]);
    const sent = target.calls.length;
    recordOf(2).content = { ...recordOf(2).content, title: 'altro' };
    expect(await again()).toMatchObject({ state: 'drifted', altered: 2, held: true });
    expect(
      target.calls
        .slice(sent)
        .flat()
        .map(({ key }) => key),
    ).toEqual([conceptNumber(2)]);
    expect(recordOf(2).content.title).toBe('b');
    expect(await again()).toMatchObject({ state: 'drifted', altered: 1, held: true });
    expect(await state()).toEqual([['drifted', expect.stringContaining('was mended before')]]);
    expect(target.calls.length).toBe(sent + 1);
    expect(await releaseRepair(db.manager, id)).toEqual({ released: 1 });
    await again();
    expect(target.calls.length).toBe(sent + 2);
    recordOf(3).content = { ...recordOf(3).content, title: 'c' };
    expect(await again()).toMatchObject({ state: 'verified', held: false });
    expect(await state()).toEqual([['in-step', null]]);
  });
});
