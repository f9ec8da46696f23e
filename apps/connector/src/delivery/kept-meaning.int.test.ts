import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLogger, inTransaction, isRefusal, run, sql, type ActorIdentity } from '#platform';
import { personOf } from '../audit/person.ts';
import { askCheck } from '../drift/ask-check.ts';
import { claimCheck } from '../drift/claim-check.ts';
import { runCheck } from '../drift/run-check.ts';
import { activate } from '../observation/activate.ts';
import { act } from '../operations/act.ts';
import { readTargetStatus } from '../operations/target-status.ts';
import { rollBack } from '../replica/roll-back.ts';
import { pin } from '../rollout/pin.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  registerTargets,
  takeIn,
} from '../testing/delivery-harness.ts';
import { conceptNumber, MapHistory, mapOf } from '../testing/map-history.ts';
import { SimulatedTarget, type SimulatedRecord } from '../testing/simulated-target.ts';
import type { ChosenPolicies } from './policies.ts';
import type { DeliveryContext } from './work-system.ts';

const [id, later] = ['target', 'later'];
const succeed: ChosenPolicies = { renumbered: 'succeed', reused: 'succeed', redefined: 'succeed' };
const operator: ActorIdentity = { id: 'anna', roles: ['operator'] };
const { signal } = new AbortController();
let database: ConnectorDatabase;
let db: DataSource;
let target: SimulatedTarget;
let delivery: DeliveryContext;
let history: MapHistory;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());

/** One target, and another one at the same place that is only observed. */
beforeEach(async () => {
  await emptyDatabase(db);
  target = new SimulatedTarget();
  delivery = deliveryTo(db, { [id]: target, [later]: target });
  await registerTargets(db, [id, later], 'map', 'show', succeed);
  await run(db, sql`update target set mode = 'observe' where id = ${later}`);
  history = new MapHistory('map');
});

async function publish(entry: string | null, day: string): Promise<void> {
  const lines = ['1 A1 a', ...(entry === null ? [] : [entry]), '3 A2 c'];
  await takeIn(db, history.publish(mapOf(lines), day));
  await deliverAll(delivery);
}

/** Renumbered, and given another title. */
async function moved(): Promise<void> {
  await publish('2 A1.1 b', '2024-01-01');
  await publish('2 A2.2 B', '2024-06-01');
}

const ended = (): Promise<void> => publish(null, '2024-09-01');

async function movedBackAndEnded(): Promise<void> {
  await moved();
  await publish('2 A1.1 b', '2024-07-01');
  await ended();
}

async function takeOver(revision: number): Promise<void> {
  await run(db, sql`update target set paused = true where id = ${id}`);
  const activation = { revision, decisions: [] };
  const turned = await activate(db, delivery.drivers, later, activation, operator, signal);
  if (isRefusal(turned)) throw new Error(turned.title.english);
  await deliverAll(delivery);
  expect((await readTargetStatus(db)).find((one) => one.id === later)?.state).toBe('in-step');
}

async function mend(): Promise<void> {
  await askCheck(db, id);
  const claim = await claimCheck(db, crypto.randomUUID(), 30_000, 60_000);
  const settings = { everyMs: 86_400_000, mendedMs: 60_000, leaseMs: 30_000, againMs: 60_000 };
  const logger = createLogger('test', 'silent');
  if (!claim) throw new Error('nothing to check');
  const { drivers } = delivery;
  await runCheck({ dataSource: db, drivers, logger, onOwnError: () => undefined, settings }, claim, signal);
  await deliverAll(delivery);
}

function record(generation: 1 | 2): SimulatedRecord {
  const key = generation === 1 ? conceptNumber(2) : `${conceptNumber(2)}:${generation}`;
  const [found] = target.withKey(key);
  if (!found) throw new Error(`no record ${generation}`);
  return found;
}

const first = {
  title: 'b',
  active: false,
  code: expect.stringMatching(/^A1\.1 \(cessata/),
};

it('a target that goes to a revision without an entry, past one that renumbered it, ends its record as what it was', async () => {
  await publish('2 A1.1 b', '2024-01-01');
  await run(db, sql`update target set paused = true where id = ${id}`);
  await publish('2 A2.2 B', '2024-06-01');
  await ended();
  await run(db, sql`update target set paused = false where id = ${id}`);
  await deliverAll(delivery);
  expect(record(1).content).toMatchObject({ ...first, validTo: '2024-05-31' });
});

it('each record of an entry that went back and then ended says still what it said, where it is taken over', async () => {
  await movedBackAndEnded();
  const held = structuredClone(target.records);
  await takeOver(4);
  expect(target.records).toEqual(held);
});

it('so does the first one of an entry that ended, where it is the only one left', async () => {
  await moved();
  await ended();
  target.records.delete(record(2).id);
  const held = structuredClone(target.records);
  await takeOver(3);
  expect(target.records).toEqual(held);
});

it('what somebody changed in the record of a meaning that ended between is mended to that meaning', async () => {
  await movedBackAndEnded();
  const held = structuredClone(record(2).content);
  record(2).content = { ...held, title: 'di altri' };
  await mend();
  expect(record(2).content).toEqual(held);
});

it('so is the first record of an entry that ended, once the last one was lost', async () => {
  await moved();
  await ended();
  target.records.delete(record(2).id);
  await mend();
  const held = structuredClone(record(1).content);
  record(1).content = { ...held, title: 'di altri' };
  await mend();
  expect(record(1).content).toEqual(held);
});

it('a target that is held at a revision ends a record on the day of that one, whatever its entry was called since', async () => {
  await publish('2 A1.1 b', '2024-01-01');
  await run(db, sql`update target set paused = true where id = ${id}`);
  await publish('2 A2.2 B', '2024-06-01');
  await publish('2 A1.1 b', '2024-07-01');
  await publish('2 A1.1 di nuovo', '2024-08-01');
  await pin(db, id, 2);
  await run(db, sql`update target set paused = false where id = ${id}`);
  await deliverAll(delivery);
  expect(record(1).content).toMatchObject({ ...first, validTo: '2024-05-31' });
});

it('a target that is brought back ends what came later as what it was', async () => {
  await moved();
  await pin(db, id, 1);
  await deliverAll(delivery);
  expect(record(1).content).toMatchObject({ code: 'A1.1', title: 'b', active: true });
  expect(record(2).content).toMatchObject({ title: 'B', active: false, validTo: '2024-05-31' });
});

it('a record that ended because its target was brought back to before its entry is opened where that is taken over', async () => {
  await publish(null, '2024-01-01');
  await publish('2 A1.1 b', '2024-06-01');
  await pin(db, id, 1);
  await deliverAll(delivery);
  const { id: made, content } = record(1);
  expect(content).toMatchObject({ ...first, validTo: '2024-05-31' });
  await takeOver(2);
  expect(record(1)).toMatchObject({ id: made, content: { code: 'A1.1', active: true } });
  expect(target.withKey(`${conceptNumber(2)}:2`)).toEqual([]);
});

it('a record that ended because the catalog took its entry back is opened where it is taken over, once that came again', async () => {
  await publish(null, '2024-01-01');
  await publish('2 A1.1 b', '2024-06-01');
  const { id: made } = record(1);
  history = new MapHistory('map');
  const { inForce } = history.publish(mapOf(['1 A1 a', '3 A2 c']), '2024-01-01');
  const personId = await personOf(db, { id: 'replica-repair' });
  await inTransaction(db, (transaction) => rollBack(transaction, 'map', 1, [inForce], personId));
  await act(db, 'release', id);
  await deliverAll(delivery);
  expect(record(1)).toMatchObject({ id: made, content: first });
  await run(db, sql`update target set paused = true where id = ${id}`);
  await publish('2 A1.1 di nuovo', '2024-07-01');
  await takeOver(2);
  expect(record(1)).toMatchObject({ id: made, content: { title: 'di nuovo', active: true } });
  expect(target.withKey(`${conceptNumber(2)}:2`)).toEqual([]);
});

describe('where records follow their entry, but for one whose code is reused', () => {
  beforeEach(() => registerTargets(db, [id, later], 'map', 'show', { ...succeed, renumbered: 'follow' }));

  const publishBoth = async (day: string, ...lines: readonly string[]): Promise<void> => {
    await takeIn(db, history.publish(mapOf(['1 A1 a', '3 A2 c', ...lines]), day));
    await deliverAll(delivery);
  };
  const alteredAndMended = async (generation: 1 | 2): Promise<void> => {
    const held = structuredClone(record(generation).content);
    expect(held.active).toBe(false);
    record(generation).content = { ...held, title: 'di altri' };
    await mend();
    expect(record(generation).content).toEqual(held);
  };

  it('one that ended in a later revision than its target was brought back to is mended to what it said', async () => {
    await publishBoth('2024-01-01', '2 A1.1 b');
    await publishBoth('2024-06-01', '2 A2.2 B', '4 A1.1 x');
    await pin(db, id, 1);
    await deliverAll(delivery);
    expect(record(2).content).toMatchObject({ code: 'A1.1', active: true });
    await alteredAndMended(1);
  });

  it('so is one that ended where its target was brought back, and whose meaning another one has by now', async () => {
    await publishBoth('2024-01-01', '2 A1.1 b', '4 A2.2 d');
    await publishBoth('2024-06-01', '2 A2.2 B', '4 A1.1 d');
    await pin(db, id, 1);
    await deliverAll(delivery);
    await publishBoth('2024-07-01', '2 A2.2 B');
    await pin(db, id, null);
    await deliverAll(delivery);
    expect(record(1).content).toMatchObject({ code: 'A2.2', active: true });
    await alteredAndMended(2);
  });
});
