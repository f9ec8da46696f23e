import { Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createLogger, run, sql } from '#platform';
import { act } from '../operations/act.ts';
import { Intake } from '../intake/intake.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  registerTargets,
  takeIn,
} from '../testing/delivery-harness.ts';
import { MapHistory, mapOf } from '../testing/map-history.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';
import { StageTimes } from './stage-times.ts';

const scheme = 'map';
const minuteMs = 60_000;
let database: ConnectorDatabase;
let db: DataSource;
let registry: Registry;
let history: MapHistory;
let target: SimulatedTarget;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());
beforeEach(async () => {
  await emptyDatabase(db);
  registry = new Registry();
  history = new MapHistory(scheme);
  target = new SimulatedTarget();
  await registerTargets(db, ['t1'], scheme);
});

/** As a process does that was started just now. */
function deliver(times: StageTimes): Promise<void> {
  const resting = deliveryTo(db, { t1: target }, { pausesMs: [3_600_000] });
  return deliverAll({ ...resting, onStage: times.observeDelivery.bind(times) });
}

/** Sums of minutes by stage and driver, with how many were measured: what the test itself takes does not count. */
async function measured(of: Registry, name = 'connector_stage_seconds'): Promise<Record<string, string>> {
  const metric = await of.getSingleMetric(name)?.get();
  const values = (metric?.values ?? []) as readonly {
    metricName?: string;
    value: number;
    labels: Record<string, string>;
  }[];
  const pick = (ending: string) => values.filter(({ metricName }) => metricName === `${name}_${ending}`);
  return Object.fromEntries(
    pick('sum').map(({ labels, value }, i) => [
      [labels['stage'], labels['driver']].filter(Boolean).join(' '),
      `${pick('count')[i]?.value} in ${Math.round(value / 60)} min`,
    ]),
  );
}

it('a revision is timed from its publication to the broker, and from there into the replica', async () => {
  const { changes, inForce } = history.publish(mapOf(['1 A1 a']));
  const times = new StageTimes(registry);
  const intake = new Intake(db, createLogger('test', 'silent'), (revision) => times.observeApplied(revision));
  const brokerAt = new Date(Date.now() - 60 * minuteMs);
  const publishedAt = new Date(brokerAt.getTime() - 120 * minuteMs).toISOString();
  await intake.takeRevisions([{ ...inForce, publishedAt }], 'e', [brokerAt]);
  await intake.takeRevisions([{ ...inForce, publishedAt }], 'e', [new Date()]);
  await intake.takeChanges(changes, 'e');
  expect(await measured(registry)).toEqual({ kafka: '1 in 120 min', intake: '1 in 60 min' });
});

it('a target is timed from when a revision was due to the first attempt, and to the last acknowledgement, across restarts', async () => {
  await takeIn(db, history.publish(mapOf(['1 A1 a'])));
  await deliver(new StageTimes(registry));
  expect(await measured(registry)).toEqual({});

  await takeIn(db, history.publish(mapOf(['1 A1 b'])));
  await run(
    db,
    sql`update revision set applied_at = now() - interval '300 minutes', published_at = now() - interval '400 minutes'`,
  );
  target.interfere = () => 'fail';
  await deliver(new StageTimes((registry = new Registry())));
  expect(await measured(registry)).toEqual({ 'first-attempt simulated': '1 in 300 min' });

  await run(db, sql`update target set tried_at = now() - interval '200 minutes'`);
  target.interfere = () => null;
  await act(db, 'retry', 't1');
  await deliver(new StageTimes((registry = new Registry())));
  expect(await measured(registry)).toEqual({ 'acknowledged simulated': '1 in 200 min' });
  expect(await measured(registry, 'connector_revision_seconds')).toEqual({ simulated: '1 in 400 min' });

  await act(db, 'resync', 't1');
  await deliver(new StageTimes((registry = new Registry())));
  expect(await measured(registry)).toEqual({});
});
