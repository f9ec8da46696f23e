import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DataSource } from 'typeorm';
import { readTargetStatus } from '../operations/target-status.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  registerTargets,
  takeIn,
} from '../testing/delivery-harness.ts';
import { conceptNumber, MapHistory, mapOf } from '../testing/map-history.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';
import type { ChosenPolicies } from './policies.ts';

const scheme = 'map';
let database: ConnectorDatabase;
let db: DataSource;
let history: MapHistory;
let target: SimulatedTarget;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());
beforeEach(async () => {
  await emptyDatabase(db);
  history = new MapHistory(scheme);
  target = new SimulatedTarget();
});

const succeed: ChosenPolicies = { renumbered: 'succeed', reused: 'succeed', redefined: 'succeed' };
const register = (policies: ChosenPolicies): Promise<void> =>
  registerTargets(db, [scheme], scheme, 'show', policies);

async function publish(lines: readonly string[], effectiveDate = '2024-01-01', notes = ''): Promise<void> {
  const entries = mapOf(lines);
  const noted = notes === '' ? [] : [...entries.values()].filter(({ code }) => code === 'A1.1');
  for (const entry of noted) entries.set(entry.conceptId, { ...entry, notes: { it: { includes: notes } } });
  await takeIn(db, history.publish(entries, effectiveDate));
  await deliverAll(deliveryTo(db, { [scheme]: target }));
  expect(await readTargetStatus(db)).toMatchObject([{ state: 'in-step', stuck: 0, items: lines.length }]);
}

/** Every record: `key code title below parent's key`, and until when. */
function records(): string[] {
  const short = (key: string): string => key.replace('-0000-4000-8000-000000000000', '').replace(/^0+/, '');
  return [...target.records.values()]
    .map(({ key, content: { code, title, parent, active, validTo } }) => {
      const above = parent === null ? '' : ` below ${short(target.records.get(parent)?.key ?? '?')}`;
      return `${short(key)} ${code} ${title}${above}${active ? '' : ` until ${validTo}`}`;
    })
    .sort();
}

const before = ['1 A1 a', '2 A1.1 b', '3 A1.1.1 c'];

describe('where old records are succeeded', () => {
  it('a renumbered entry gets a new record, and the old one ends as it was, out of the way of codes', async () => {
    await register(succeed);
    await publish(before);
    await publish(['1 A1 a', '2 A1.2 B', '3 A1.1.1 c'].slice(0, 2), '2024-06-01');
    expect(records()).toEqual([
      '1 A1 a',
      '2 A1.1 (cessata 2024-06-01 00000002) b below 1 until 2024-05-31',
      '2:2 A1.2 B below 1',
      '3 A1.1.1 (cessata 2024-06-01) c below 2 until 2024-05-31',
    ]);
  });

  it('the old record of an entry that alone moves stays where it stands', async () => {
    await register(succeed);
    await publish(['1 A1 a', '2 A1.1 b', '3 A2 c']);
    await publish(['1 A1 a', '2 A2.1 b', '3 A2 c'], '2024-06-01');
    expect(records()).toEqual([
      '1 A1 a',
      '2 A1.1 (cessata 2024-06-01 00000002) b below 1 until 2024-05-31',
      '2:2 A2.1 b below 3',
      '3 A2 c',
    ]);
  });

  it('what stands below it and stays as it is goes below the new record', async () => {
    await register(succeed);
    await publish(before);
    await publish(before, '2024-06-01', 'something else');
    expect(records()).toEqual([
      '1 A1 a',
      '2 A1.1 (cessata 2024-06-01 00000002) b below 1 until 2024-05-31',
      '2:2 A1.1 b below 1',
      '3 A1.1.1 c below 2:2',
    ]);
  });

  it('a retitle alone changes the record that is there', async () => {
    await register(succeed);
    await publish(before);
    await publish(['1 A1 a', '2 A1.1 B', '3 A1.1.1 c']);
    expect(records()).toEqual(['1 A1 a', '2 A1.1 B below 1', '3 A1.1.1 c below 2']);
  });

  it('going back opens the ended record again, and makes no third', async () => {
    await register(succeed);
    await publish(before);
    await publish(before, '2024-06-01', 'something else');
    await publish(before, '2024-07-01');
    await publish(before, '2024-08-01', 'something else');
    expect(records()).toEqual([
      '1 A1 a',
      '2 A1.1 (cessata 2024-08-01 00000002) b below 1 until 2024-07-31',
      '2:2 A1.1 b below 1',
      '3 A1.1.1 c below 2:2',
    ]);
  });

  it('codes that go round in a circle of three end with a new record each', async () => {
    await register(succeed);
    await publish(['1 A1 a', '2 A2 b', '3 A3 c']);
    await publish(['3 A1 c', '1 A2 a', '2 A3 b'], '2024-06-01');
    expect(records()).toEqual([
      '1 A1 (cessata 2024-06-01 00000001) a until 2024-05-31',
      '1:2 A2 a',
      '2 A2 (cessata 2024-06-01 00000002) b until 2024-05-31',
      '2:2 A3 b',
      '3 A3 (cessata 2024-06-01 00000003) c until 2024-05-31',
      '3:2 A1 c',
    ]);
  });

  it('only a code that another entry has now may be chosen to be succeeded', async () => {
    await register({ reused: 'succeed' });
    await publish(['1 A1 a', '2 A2 b']);
    await publish(['1 A3 a', '2 A4 b', '3 A1 new'], '2024-06-01');
    expect(records()).toEqual([
      '1 A1 (cessata 2024-06-01 00000001) a until 2024-05-31',
      '1:2 A3 a',
      '2 A4 b',
      '3 A1 new',
    ]);
  });
});

describe('where records follow', () => {
  it('codes that go round in a circle of three change on the same records', async () => {
    await register({});
    await publish(['1 A1 a', '2 A2 b', '3 A3 c']);
    await publish(['3 A1 c', '1 A2 a', '2 A3 b']);
    expect(records()).toEqual(['1 A2 a', '2 A3 b', '3 A1 c']);
  });

  it('one takes the code of an entry that ends, and receives its child', async () => {
    await register({});
    await publish(['1 A1 x', '2 A2 y', '3 A2.1 child']);
    await publish(['1 A2 x', '3 A2.1 child'], '2024-06-01');
    expect(records()).toEqual([
      '1 A2 x',
      '2 A2 (cessata 2024-06-01) y until 2024-05-31',
      '3 A2.1 child below 1',
    ]);
  });

  it('a record may only be put out of use, without a last day', async () => {
    await register({ retire: 'deactivate' });
    await publish(['1 A1 a', '2 A2 b']);
    await publish(['1 A1 a'], '2024-06-01');
    expect(target.withKey(conceptNumber(2))[0]?.content).toMatchObject({ active: false, validTo: null });
  });
});
