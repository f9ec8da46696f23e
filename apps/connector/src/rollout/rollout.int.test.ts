import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { json, run, runCount, sql } from '#platform';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  endPauses,
  registerOnOneSystem,
  takeIn,
} from '../testing/delivery-harness.ts';
import { MapHistory, mapOf } from '../testing/map-history.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';
import { statusInEnglish } from '../testing/status-in-english.ts';
import { adopt } from './adopt.ts';
import { letDeliveriesGoOn, stopDeliveries } from './halt.ts';
import { pin } from './pin.ts';
import { goOn, readRollout, readRolloutRule, setRollout, setRolloutRule } from './waves.ts';

const scheme = 'map';
let database: ConnectorDatabase;
let db: DataSource;
let history: MapHistory;
let targets: Record<'t1' | 't2' | 't3', SimulatedTarget>;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());
beforeEach(async () => {
  await emptyDatabase(db);
  history = new MapHistory(scheme);
  targets = { t1: new SimulatedTarget(), t2: new SimulatedTarget(), t3: new SimulatedTarget() };
  await registerOnOneSystem(db, Object.keys(targets), scheme);
  await run(db, sql`insert into organisation (id, name, wave) values ('o2', 'Due', 2), ('o3', 'Tre', 3)`);
  await run(
    db,
    sql`update target set organisation_id = case id when 't1' then 'o' when 't2' then 'o2' else 'o3' end`,
  );
});

const publish = (...lines: string[]): Promise<void> => takeIn(db, history.publish(mapOf(lines)));
const deliver = (): Promise<void> => deliverAll(deliveryTo(db, targets));
const titles = () =>
  Object.values(targets).map((target) =>
    target
      .active()
      .map(({ content }) => content.title)
      .sort()
      .join(' '),
  );
const states = async () => (await statusInEnglish(db)).map(({ state }) => state);

describe('waves', () => {
  it('get a new revision one after the other, each when an operator says so', async () => {
    await publish('1 A1 a');
    await deliver();
    await setRolloutRule(db, scheme, 1);
    await publish('1 A1 b');
    await deliver();
    expect(titles()).toEqual(['b', 'a', 'a']);
    expect(await states()).toEqual(['in-step', 'in-step', 'in-step']);
    expect(await goOn(db, scheme, 2, 1)).toMatchObject({ waves: 2 });
    expect(await goOn(db, scheme, 2, 1)).toMatchObject({ code: 'rollout-changed', status: 409 });
    await deliver();
    expect(titles()).toEqual(['b', 'b', 'a']);
    expect(await readRollout(db, scheme, 2)).toMatchObject({
      waves: 2,
      byWave: [
        { wave: 1, shouldHold: 1, inStep: 1 },
        { wave: 2, shouldHold: 1, inStep: 1 },
        { wave: 3, targets: 1, shouldHold: 0, applied: 0 },
      ],
    });
    await goOn(db, scheme, 2, 2);
    await deliver();
    expect(titles()).toEqual(['b', 'b', 'b']);
    expect(await goOn(db, scheme, 2, 3)).toMatchObject({ code: 'nothing-held' });
  });

  it('take no revision that is in force from a target that is not filled yet, also when fewer of them are open by themselves', async () => {
    await publish('1 A1 a');
    await setRolloutRule(db, scheme, 1);
    expect(await readRolloutRule(db, scheme)).toEqual({ scheme, waves: 1 });
    await deliver();
    expect(titles()).toEqual(['a', 'a', 'a']);
    await publish('1 A1 b');
    await setRollout(db, scheme, 2, 2);
    await setRolloutRule(db, scheme, 0);
    await deliver();
    expect(titles()).toEqual(['b', 'b', 'a']);
    await publish('1 A1 c');
    await deliver();
    expect(titles()).toEqual(['b', 'b', 'a']);
    expect(await readRollout(db, scheme, 3)).toMatchObject({ waves: 0 });
    await setRolloutRule(db, scheme, null);
    expect(await readRolloutRule(db, scheme)).toEqual({ scheme, waves: null });
  });

  it('say at a target that waits for its own which revision that is, although it is in step', async () => {
    await publish('1 A1 a');
    await setRolloutRule(db, scheme, 1);
    await publish('1 A1 b');
    await deliver();
    const waits = async () => (await statusInEnglish(db)).map(({ waitsFor }) => waitsFor);
    expect(await states()).toEqual(['in-step', 'in-step', 'in-step']);
    expect(await waits()).toMatchObject([null, { revision: 2, wave: 2 }, { revision: 2, wave: 3 }]);
    await run(db, sql`update organisation set adopts = 'by-act' where id = 'o2'`);
    await goOn(db, scheme, 2, 1);
    expect(await waits()).toMatchObject([null, { revision: 2, act: 'adoption' }, { revision: 2, wave: 3 }]);
    await pin(db, 't1', 1);
    const reason = 'revision 2 is due, and it is pinned to revision 1';
    expect((await waits())[0]).toEqual({ revision: 2, act: 'pin', reason });
  });

  it('are set for no map that nobody knows', async () => {
    expect(await setRolloutRule(db, 'mapp', 1)).toMatchObject({ code: 'scheme-unknown', status: 404 });
  });

  it('that are held stay where they are, also for a later revision; who has it keeps it', async () => {
    await publish('1 A1 a');
    await deliver();
    await setRolloutRule(db, scheme, 1);
    await publish('1 A1 b');
    await deliver();
    await setRollout(db, scheme, 2, 0);
    await deliver();
    expect(titles()).toEqual(['b', 'a', 'a']);
    await publish('1 A1 c');
    await deliver();
    expect(titles()).toEqual(['b', 'a', 'a']);
    await setRollout(db, scheme, 3, null);
    await deliver();
    expect(titles()).toEqual(['c', 'c', 'c']);
  });

  it('that are held take nothing back from who has it, also when its policies change and all is compared', async () => {
    await publish('1 A1 a', '2 A1.1 b');
    await publish('1 A1 A', '2 A1.1 B', '3 A1.2 C');
    await deliver();
    await setRollout(db, scheme, 2, 0);
    const calls = targets.t1.calls.length;
    await registerOnOneSystem(db, Object.keys(targets), scheme, {}, { policies: { drift: 'report' } });
    expect(await statusInEnglish(db, 't1')).toMatchObject([{ applied: 2, desired: 2, state: 'behind' }]);
    await deliver();
    expect(titles()).toEqual(['A B C', 'A B C', 'A B C']);
    expect(await states()).toEqual(['in-step', 'in-step', 'in-step']);
    expect(targets.t1.calls).toHaveLength(calls);
  });
});

describe('an organisation', () => {
  it('adopts a revision with all its targets together, from its own day', async () => {
    await publish('1 A1 a');
    await run(db, sql`insert into organisation (id, name, adopts) values ('other', 'Altro ente', 'by-act')`);
    await run(db, sql`update target set organisation_id = 'other' where id <> 't1'`);
    await deliver();
    expect(titles()).toEqual(['a', '', '']);
    await adopt(db, 'other', { scheme, revision: 1, from: '2999-01-01' });
    await deliver();
    expect(titles()).toEqual(['a', '', '']);
    const act = { scheme, revision: 1, from: '2024-02-01' };
    expect(await adopt(db, 'other', act)).toEqual({ ...act, note: null });
    await deliver();
    expect(titles()).toEqual(['a', 'a', 'a']);
    expect(await adopt(db, 'other', act)).toMatchObject({
      note: { english: expect.stringMatching(/already$/) },
    });
    expect(await adopt(db, 'o', act)).toMatchObject({ note: { english: expect.stringMatching(/already$/) } });
    await run(db, sql`insert into organisation (id, name) values ('idle', 'Ente senza sistemi')`);
    expect(await adopt(db, 'idle', act)).toMatchObject({
      note: { english: expect.stringMatching(/no target/) },
    });
    expect(await adopt(db, 'other', { scheme, revision: 9, from: '2024-02-01' })).toMatchObject({
      code: 'revision-unknown',
      status: 404,
    });
  });
});

describe('a pinned target', () => {
  it('is brought back to an older revision and forward again, with one record for each concept', async () => {
    await publish('1 A1 a', '2 A1.1 x');
    await publish('1 A1 b', '3 A2 y', '4 A2.1 z');
    await deliver();
    expect(titles()).toEqual(['b y z', 'b y z', 'b y z']);
    await pin(db, 't2', 1);
    await deliver();
    expect(titles()).toEqual(['b y z', 'a x', 'b y z']);
    expect(await states()).toEqual(['in-step', 'in-step', 'in-step']);
    const retired = [...targets.t2.records.values()].filter(({ content }) => !content.active);
    expect(retired.map(({ content }) => content.title).sort()).toEqual(['y', 'z']);
    await publish('1 A1 c', '3 A2 y', '4 A2.1 z');
    await deliver();
    expect(titles()).toEqual(['c y z', 'a x', 'c y z']);
    await pin(db, 't2', null);
    await deliver();
    expect(titles()).toEqual(['c y z', 'c y z', 'c y z']);
    expect(targets.t2.records.size).toBe(4);
  });
});

it('what was sent unseen of a later revision is taken back too, by a pin and by its end', async () => {
  await publish('1 A1 a', '2 A2 b', '3 A3 c');
  await deliver();
  await publish('1 A1 a', '2 A2 B', '3 A3 c');
  await setRollout(db, scheme, 2, 0);
  await publish('1 A1 X', '2 A2 B', '3 A3 c');
  await setRollout(db, scheme, 3, null);
  targets.t1.interfere = () => 'lose-answers';
  await deliverAll(deliveryTo(db, targets, { pausesMs: [60_000] }));
  targets.t1.interfere = () => null;
  expect(titles()[0]).toBe('B X c');
  await pin(db, 't1', 2);
  await endPauses(db);
  await deliver();
  expect(titles()[0]).toBe('B a c');
  await pin(db, 't1', null);
  await deliver();
  expect(titles()).toEqual(['B X c', 'B X c', 'B X c']);
  expect(await states()).toEqual(['in-step', 'in-step', 'in-step']);
});

describe('nothing is sent', () => {
  it('while all deliveries are stopped; afterwards everything follows', async () => {
    await stopDeliveries(db, 'an error in the map');
    await publish('1 A1 a');
    await deliver();
    expect(titles()).toEqual(['', '', '']);
    expect(await statusInEnglish(db)).toMatchObject([
      { state: 'behind', reason: 'all deliveries are stopped: an error in the map' },
      {},
      {},
    ]);
    await letDeliveriesGoOn(db);
    await deliver();
    expect(titles()).toEqual(['a', 'a', 'a']);
  });

  it('outside the windows of a system', async () => {
    const closed = [{ from: '2000-01-01T00:00', to: '2999-01-01T00:00' }];
    await runCount(
      db,
      sql`with closed as (insert into schedule (blackouts) values (${json(closed)}) returning id)
          update system set schedule_id = closed.id from closed`,
    );
    await publish('1 A1 a');
    await deliver();
    expect(titles()).toEqual(['', '', '']);
    expect(await statusInEnglish(db, 't1')).toMatchObject([
      { state: 'behind', reason: 'outside the delivery windows of its system' },
    ]);
  });
});
