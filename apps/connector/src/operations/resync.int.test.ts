import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isRefusal, run, sql } from '#platform';
import type { Connection, Driver } from '#targets';
import { DriverCabinet } from '../delivery/driver-cabinet.ts';
import { forgetAcknowledged } from '../delivery/forget-acknowledged.ts';
import { claimSystems, releaseSystem } from '../delivery/system-lease.ts';
import { planFor } from '../rehearsal/rehearse.ts';
import { connectorDatabase, openDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  registerOnOneSystem,
  takeIn,
} from '../testing/delivery-harness.ts';
import { MapHistory, mapOf } from '../testing/map-history.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';
import { statusInEnglish } from '../testing/status-in-english.ts';
import { tenThousandTargets } from '../testing/ten-thousand-targets.ts';
import { actOnMany } from './act-on-many.ts';
import { act } from './act.ts';
import { skip } from './skip.ts';

const operator = { id: 'olga', roles: ['operator'] as const };
let database: ConnectorDatabase;
let db: DataSource;
beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());
beforeEach(() => emptyDatabase(db));

const countLinks = async () =>
  (
    await run<{ all: number; unsent: number }>(
      db,
      sql`select count(*)::int as "all", count(*) filter (where unsent)::int as unsent from link`,
    )
  )[0];

it('of 10,000 targets is one mark each, and touches no record', async () => {
  await tenThousandTargets(db);
  await run(
    db,
    sql`insert into link (target_id, concept_id, generation, external_id, state, code, hash)
        select t.id, e.concept_id, 1, e.code, 'current', e.code, 'h' from target t, entry e
        where t.id < 't00100' and e.to_revision is null`,
  );
  const before = await run(db, sql`select xmin::text, target_id, concept_id from link order by 2, 3`);
  expect(await actOnMany(db, operator, {}, 'resync', '')).toMatchObject({ changed: 10_000 });
  expect(await run(db, sql`select xmin::text, target_id, concept_id from link order by 2, 3`)).toEqual(
    before,
  );
  expect(await run(db, sql`select id from target where resync_asked and not in_step`)).toHaveLength(10_000);
  expect(await run(db, sql`select action from audit where action = 'target-resynced'`)).toHaveLength(10_000);
});

describe('a target whose records are to be sent again', () => {
  let targets: Record<string, SimulatedTarget>;
  let history: MapHistory;
  const lines = ['1 A1 a', '2 A1.1 b', '3 A1.2 c', '4 A2 d'];
  const deliver = (): Promise<void> => deliverAll(deliveryTo(db, targets));
  const sentCodes = (id: string): string[] =>
    (targets[id]?.calls ?? []).flatMap((call) => call.map(({ content }) => content.code)).sort();

  beforeEach(async () => {
    targets = { t1: new SimulatedTarget(), t2: new SimulatedTarget() };
    history = new MapHistory('map');
    await registerOnOneSystem(db, Object.keys(targets), 'map');
    await takeIn(db, history.publish(mapOf(lines)));
    await deliver();
    for (const target of Object.values(targets)) target.calls.length = 0;
  });

  it('says so until its turn, and gets each of them once; the others get nothing', async () => {
    await act(db, 'pause', 't1');
    await act(db, 'resync', 't1');
    await act(db, 'resync', 't1');
    await deliver();
    expect(await countLinks()).toEqual({ all: 8, unsent: 0 });
    const dry = await planFor(db, deliveryTo(db, targets).drivers, 't1', null);
    expect(isRefusal(dry) || dry.workloads.map(({ plan }) => plan.steps.length)).toEqual([4]);
    await act(db, 'resume', 't1');
    expect(await statusInEnglish(db)).toMatchObject([
      { state: 'behind', reason: 'all its records are to be sent again' },
      { state: 'in-step' },
    ]);
    await deliver();
    expect([sentCodes('t1'), sentCodes('t2')]).toEqual([['A1', 'A1.1', 'A1.2', 'A2'], []]);
    expect(await statusInEnglish(db)).toMatchObject([
      { state: 'in-step', reason: null, items: 4 },
      { state: 'in-step' },
    ]);
  });

  it('gets what an operator skipped as little as before, and what it refused once more', async () => {
    targets['t1']?.refusedCodes.add('A2');
    await takeIn(db, history.publish(mapOf([...lines.slice(0, 3), '4 A2 D'])));
    await deliver();
    await skip(db, 't1', 'A1.2', 'not here');
    targets['t1']?.refusedCodes.clear();
    for (const target of Object.values(targets)) target.calls.length = 0;
    await act(db, 'resync', 't1');
    await deliver();
    expect(sentCodes('t1')).toEqual(['A1', 'A1.1', 'A2']);
    expect(await statusInEnglish(db, 't1')).toMatchObject([{ state: 'in-step-except', stuck: 0 }]);
  });

  it.each([1, 2, 3, 4, 5])(
    'gets each of them once also when the %i. write is the last of a process',
    async (last) => {
      await act(db, 'resync', 't1');
      const holder = randomUUID();
      await claimSystems(db, holder, 30_000, 1);
      let writes = 0;
      const dying = await openDatabase(database.appUrl);
      const create = dying.createQueryRunner.bind(dying);
      dying.createQueryRunner = (...mode) => {
        if (++writes > last) throw new Error('killed');
        return create(...mode);
      };
      const key = { systemId: 'shared', holder };
      await expect(forgetAcknowledged(dying, key, ['t1'], 1)).rejects.toThrow('killed');
      await dying.destroy();
      expect((await countLinks())?.unsent).toBe(Math.min(last, 4));
      await releaseSystem(db, key, null);
      await deliver();
      expect(sentCodes('t1')).toEqual(['A1', 'A1.1', 'A1.2', 'A2']);
      expect(await statusInEnglish(db, 't1')).toMatchObject([{ state: 'in-step', items: 4 }]);
    },
  );

  it('is not in step before that is done, also when its turn was about to begin', async () => {
    const [t1 = new SimulatedTarget()] = Object.values(targets);
    const context = deliveryTo(db, targets);
    let isAsked = false;
    const asking = async (): Promise<string> => {
      if (!isAsked) await act(db, 'resync', 't1');
      isAsked = true;
      return 'secret';
    };
    await takeIn(db, history.publish(mapOf(['1 A1 A', ...lines.slice(1)])));
    const states = new Array<string | undefined>();
    t1.write = async (steps, signal) => {
      states.push((await statusInEnglish(db, 't1'))[0]?.state);
      return SimulatedTarget.prototype.write.call(t1, steps, signal);
    };
    const open = (_: string, { settings: { name } }: Connection): Driver =>
      targets[String(name)] ?? new SimulatedTarget();
    await deliverAll({ ...context, drivers: new DriverCabinet(db, open, asking, 1_000) });
    expect(sentCodes('t1')).toEqual(['A1', 'A1', 'A1.1', 'A1.2', 'A2']);
    expect(states).not.toContain('in-step');
    expect(await statusInEnglish(db, 't1')).toMatchObject([{ state: 'in-step' }]);
  });

  it('forgets nothing by whoever lost the system', async () => {
    await act(db, 'resync', 't1');
    await forgetAcknowledged(db, { systemId: 'shared', holder: randomUUID() }, ['t1']);
    expect(await countLinks()).toEqual({ all: 8, unsent: 0 });
    expect(await run(db, sql`select id from target where resync_asked`)).toEqual([{ id: 't1' }]);
  });

  it('and that gets a new revision meanwhile gets both in one turn', async () => {
    await act(db, 'resync', 't1');
    await takeIn(db, history.publish(mapOf(['1 A1 a', '2 A1.1 B', '3 A1.2 c', '5 A3 e'])));
    await deliver();
    expect(await statusInEnglish(db, 't1')).toMatchObject([{ state: 'in-step', applied: 2, items: 4 }]);
    expect(sentCodes('t1')).toHaveLength(5);
  });
});
