import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { run, sql } from '#platform';
import { spoken } from '#words';
import { sumUpTargets } from '../metrics/summed-up.ts';
import { skip } from '../operations/skip.ts';
import { readTargetStatus } from '../operations/target-status.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import { deliverAll } from '../testing/delivery-harness.ts';
import { DriftScene, id } from '../testing/drift-scene.ts';
import { conceptNumber } from '../testing/map-history.ts';
import { statusInEnglish } from '../testing/status-in-english.ts';
import type { DriftReport } from './schemas.ts';

let database: ConnectorDatabase;
let db: DataSource;
let scene: DriftScene;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());
beforeEach(async () => {
  scene = await DriftScene.begin(db);
});

const dayPasses = async (): Promise<void> => {
  await run(db, sql`update link set acknowledged_at = acknowledged_at - interval '1 day'`);
};
const alter = (): void => {
  const record = scene.recordOf(3);
  record.content = { ...record.content, title: 'di altri' };
};
const remove = (): void => void scene.target.records.delete(scene.recordOf(3).id);

/** Something is done to the target, it is mended, and a minute later it is looked at again; then a day passes. */
const night = async (
  deed: () => void = () => undefined,
): Promise<{ found: DriftReport; look: DriftReport }> => {
  deed();
  const found = await scene.check();
  await deliverAll(scene.delivery);
  const look = await scene.check();
  await dayPasses();
  return { found, look };
};

describe.each([
  ['altered', alter],
  ['missing', remove],
] as const)('what is found %s each day and mended', (kind, deed) => {
  it('is told from the third time on, and goes on to be mended', async () => {
    const warned = vi.spyOn(scene.context.logger, 'warn');
    for (const times of [1, 2]) {
      const { found, look } = await night(deed);
      expect(found.findings).toMatchObject([{ kind, code: 'A1.2', times }]);
      expect(look).toMatchObject({ state: 'verified', recurring: 0, findings: [] });
    }
    expect(warned).not.toHaveBeenCalled();
    for (const times of [3, 4]) {
      const { found, look } = await night(deed);
      expect(found).toMatchObject({ state: 'drifted', held: false, recurring: 1 });
      expect(found.findings).toMatchObject([{ kind, code: 'A1.2', times }]);
      expect(look).toMatchObject({ state: 'verified', recurring: 1 });
      expect(look.findings).toMatchObject([
        { kind: 'recurring', code: 'A1.2', conceptId: conceptNumber(3), times, fields: [] },
      ]);
      expect(scene.recordOf(3).content.title).toBe('c');
      expect(warned).toHaveBeenLastCalledWith({ target: id, recurring: 1 }, expect.any(String));
    }
    expect(await statusInEnglish(db, id)).toMatchObject([
      { state: 'in-step', drift: 0, recurring: 1, reason: expect.stringContaining('see its drift') },
    ]);
    expect(spoken(await readTargetStatus(db, id), 'it')).toMatchObject([
      { reason: expect.stringContaining('vedere il suo scostamento') },
    ]);
    expect(await sumUpTargets(db)).toMatchObject([{ state: 'in-step', recurring: 1 }]);
  });
});

it('is forgotten once it stood as it should for two days', async () => {
  for (let times = 1; times <= 3; times++) await night(alter);
  expect((await night()).look).toMatchObject({ state: 'verified', recurring: 1 });
  expect((await night()).look).toMatchObject({ state: 'verified', recurring: 0, findings: [] });
  expect(await statusInEnglish(db, id)).toMatchObject([{ state: 'in-step', recurring: 0, reason: null }]);
  expect((await night(alter)).found.findings).toMatchObject([{ kind: 'altered', times: 1 }]);
});

it('counts a day that somebody asks for a check between as one', async () => {
  await night(alter);
  await scene.check();
  expect((await night(alter)).found.findings).toMatchObject([{ times: 2 }]);
});

it('is forgotten and mended again where a process that counts no times noted it', async () => {
  alter();
  await scene.check();
  await run(db, sql`update link set mended_times = null where mended_at is not null`);
  await deliverAll(scene.delivery);
  expect(await scene.check()).toMatchObject({ state: 'verified' });
  alter();
  expect(await scene.check()).toMatchObject({ state: 'drifted', held: false });
  await deliverAll(scene.delivery);
  expect(scene.recordOf(3).content.title).toBe('c');
});

it('is not told of a record that the map no longer has there', async () => {
  scene = await DriftScene.begin(db, { retire: 'delete' });
  for (let times = 1; times <= 3; times++) await night(alter);
  await scene.publish('1 A1 a', '2 A1.1 b', '5 A1.1.1 e');
  expect(scene.target.withKey(conceptNumber(3))).toEqual([]);
  expect((await night()).look).toMatchObject({ state: 'verified', recurring: 0, findings: [] });
});

it('is told beside what an operator skipped', async () => {
  await skip(db.manager, id, 'A1.1.1', 'prova');
  await deliverAll(scene.delivery);
  for (let times = 1; times <= 3; times++) await night(alter);
  expect(await statusInEnglish(db, id)).toMatchObject([
    { state: 'in-step-except', recurring: 1, reason: expect.stringMatching(/skipped 1; .*see its drift/) },
  ]);
});

it('tells no times of what is not mended', async () => {
  scene = await DriftScene.begin(db, { drift: 'report' });
  alter();
  scene.target.hold('x1', 'X1', 'di altri');
  expect((await scene.check()).findings).toMatchObject([
    { kind: 'altered', times: 0 },
    { kind: 'foreign', times: 0 },
  ]);
});
