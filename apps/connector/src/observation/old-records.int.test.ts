import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isRefusal, run, sql, type ActorIdentity } from '#platform';
import type { ChosenPolicies } from '../delivery/policies.ts';
import type { DeliveryContext } from '../delivery/work-system.ts';
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
import { statusInEnglish } from '../testing/status-in-english.ts';
import { activate } from './activate.ts';
import { adopt } from './adopt.ts';

const id = 'target';
const operator: ActorIdentity = { id: 'anna', roles: ['operator'] };
const { signal } = new AbortController();
const follow: ChosenPolicies = { renumbered: 'follow', reused: 'follow', redefined: 'follow' };
const succeed: ChosenPolicies = { renumbered: 'succeed', reused: 'succeed', redefined: 'succeed' };
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

const publish = async (...lines: string[]): Promise<void> => {
  await takeIn(db, history.publish(mapOf(lines)));
  await deliverAll(delivery);
};
const turnOn = (revision: number, conceptId: ReturnType<typeof conceptNumber> | null) =>
  activate(
    db,
    delivery.drivers,
    id,
    { revision, decisions: [{ externalId: '1004', conceptId }] },
    operator,
    signal,
  );
const shown = (externalId: string): readonly [string | undefined, boolean | undefined] => {
  const content = target.records.get(externalId)?.content;
  return [content?.code, content?.active];
};
const state = async () => (await statusInEnglish(db))[0]?.state;

describe.each([
  ['followed', 'unique', follow, true],
  ['followed', 'not unique', follow, false],
  ['succeeded', 'unique', succeed, true],
  ['succeeded', 'not unique', succeed, false],
] as const)('where old records are %s and codes are %s', (way, _, policies, uniqueCodes) => {
  beforeEach(async () => {
    await emptyDatabase(db);
    target = new SimulatedTarget();
    target.capabilities = { ...target.capabilities, uniqueCodes };
    target.hold('1001', 'A1', 'Pianificazione');
    target.hold('1004', 'A9', 'Comunicazione');
    delivery = deliveryTo(db, { [id]: target });
    await registerTargets(db, [id], 'map', 'show', policies);
    await run(db, sql`update target set mode = 'observe'`);
    history = new MapHistory('map');
    await publish('1 A1 Pianificazione', '2 A2 Bilancio', '3 A3 Comunicazione');
  });

  const holdsOne = (): void => {
    expect(target.withKey(conceptNumber(3)).map((record) => record.id)).toEqual(['1004']);
    expect(shown('1004')).toEqual(['A3', true]);
    expect(target.records.size).toBe(3);
  };

  const thenRenumbered = async (): Promise<void> => {
    await publish('1 A1 Pianificazione', '2 A2 Bilancio', '3 A4 Comunicazione');
    expect(await state()).toBe('in-step');
    if (way === 'followed') return expect(shown('1004')).toEqual(['A4', true]);
    expect(shown('1004')).toEqual([expect.stringMatching(/^A3/), false]);
    expect(target.records.size).toBe(4);
  };

  it('a record that a person decides at activation goes on as the record of that entry, whatever its code was', async () => {
    expect(await turnOn(1, conceptNumber(3))).toBe(2);
    await deliverAll(delivery);
    expect(await state()).toBe('in-step');
    holdsOne();
    await thenRenumbered();
  });

  it('so does one that is adopted later', async () => {
    target.refusedCodes.add('A3');
    expect(await turnOn(1, null)).toBe(1);
    await deliverAll(delivery);
    expect(await state()).toBe('stuck');
    target.refusedCodes.clear();
    const adoption = { externalId: '1004', conceptId: conceptNumber(3) };
    expect(isRefusal(await adopt(db, delivery.drivers, id, adoption, operator, signal))).toBe(false);
    await deliverAll(delivery);
    expect(await state()).toBe('in-step');
    holdsOne();
    await thenRenumbered();
  });

  it('one that says what an earlier edition says is an old record', async () => {
    target.hold('1002', 'A2', 'Bilancio');
    await publish('1 A1 Pianificazione', '2 A5 Bilancio e conti', '3 A3 Comunicazione');
    expect(await turnOn(1, conceptNumber(3))).toBe(3);
    await deliverAll(delivery);
    expect(await state()).toBe('in-step');
    expect(shown('1004')).toEqual(['A3', true]);
    expect(shown('1002')).toEqual(way === 'followed' ? ['A5', true] : [expect.stringMatching(/^A2/), false]);
  });
});
