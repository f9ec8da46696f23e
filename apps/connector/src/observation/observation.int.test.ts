import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isRefusal, run, sql, type ActorIdentity } from '#platform';
import type { DeliveryContext } from '../delivery/work-system.ts';
import { applyTargets } from '../registry/apply-targets.ts';
import { readRegistry } from '../registry/read-registry.ts';
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
import { observe } from './observe.ts';

const id = 'target';
const operator: ActorIdentity = { id: 'anna', roles: ['operator'] };
const { signal } = new AbortController();
let database: ConnectorDatabase;
let db: DataSource;
let target: SimulatedTarget;
let delivery: DeliveryContext;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());

/** A target of before us: it holds the first edition, a record that nobody knows, and one that nobody can be sure of. */
beforeEach(async () => {
  await emptyDatabase(db);
  target = new SimulatedTarget();
  delivery = deliveryTo(db, { [id]: target });
  await registerTargets(db, [id], 'map');
  await run(db, sql`update target set mode = 'observe'`);
  const history = new MapHistory('map');
  await takeIn(
    db,
    history.publish(mapOf(['1 A1 Pianificazione', '2 A1.1 Piano occupazionale', '3 A1.2 Bilancio'])),
  );
  await takeIn(
    db,
    history.publish(
      mapOf(['1 A1 Pianificazione', '4 A1.1 Altri documenti', '2 A1.3 Piano occupazionale', '5 A2 Nuova']),
    ),
  );
  target.hold('old-1', 'A1', 'pianificazione');
  target.hold('old-2', 'A1.1', 'Piano occupazionale', { parent: 'old-1' });
  target.hold('old-3', 'A1.2', 'Bilanci', { parent: 'old-1' });
  target.hold('own', 'LOCALE', 'Voce locale');
});

const look = () => observe(db, delivery.drivers, id, signal);
const turnOn = (conceptId: ReturnType<typeof conceptNumber> | null) =>
  activate(
    db,
    delivery.drivers,
    id,
    { revision: 1, decisions: [{ externalId: 'old-3', conceptId }] },
    operator,
    signal,
  );
const state = async () => (await statusInEnglish(db))[0]?.state;

describe('a new target', () => {
  it('is only looked at: what it has is read by the edition that fits it best, and nothing is sent', async () => {
    expect(await look()).toMatchObject({
      fits: { revision: 1, edition: 'test' },
      desired: 2,
      records: 4,
      adopt: [
        { externalId: 'old-1', conceptId: conceptNumber(1), by: 'code-and-title' },
        { externalId: 'old-2', conceptId: conceptNumber(2), by: 'code-and-title' },
      ],
      ask: [{ externalId: 'old-3', candidates: [{ conceptId: conceptNumber(3) }] }],
      create: [{ code: 'A1.1' }, { code: 'A2' }],
      refused: [],
      foreign: [{ externalId: 'own' }],
    });
    await deliverAll(delivery);
    expect(target.calls).toEqual([]);
    expect(await state()).toBe('observe');
  });

  it('is told which codes a foreign record keeps from the map', async () => {
    target.hold('own-2', 'A2', 'Tutt’altro');
    expect(await look()).toMatchObject({
      refused: [{ code: 'A2', reason: 'the foreign record own-2 has this code' }],
    });
  });

  it('stays as it is while a decision lacks', async () => {
    const activation = { revision: 1, decisions: [] };
    expect(await activate(db, delivery.drivers, id, activation, operator, signal)).toMatchObject({
      code: 'decisions-incomplete',
      problems: [{ code: 'A1.2' }],
    });
    expect(await state()).toBe('observe');
  });

  it('is brought to the map once it is turned on: its records go on, none is made twice, foreign ones stay', async () => {
    expect(await turnOn(conceptNumber(3))).toBe(3);
    await deliverAll(delivery);
    expect(await state()).toBe('in-step');
    const records = [...target.records.values()].map(({ id, content }) => [id, content.code, content.active]);
    expect(records.slice(0, 4)).toEqual([
      ['old-1', 'A1', true],
      ['old-2', 'A1.3', true],
      ['old-3', expect.stringContaining('A1.2'), false],
      ['own', 'LOCALE', true],
    ]);
    expect(records.slice(4)).toHaveLength(2);
    expect(records.slice(4)).toEqual(
      expect.arrayContaining([
        [expect.any(String), 'A1.1', true],
        [expect.any(String), 'A2', true],
      ]),
    );
    expect(target.records.get('own')?.content.title).toBe('Voce locale');
    expect(await turnOn(conceptNumber(3))).toMatchObject({ code: expect.any(String) });
  });

  it('is not turned on where it is by now with the records of where it was read', async () => {
    const moveTo = async (address: string) => {
      const { unlisted: _, ...file } = await readRegistry(db);
      const systems = file.systems.map((system) => ({ ...system, address }));
      expect(isRefusal(await applyTargets(db, { ...file, systems }))).toBe(false);
    };
    target.afterPage = () => moveTo(`http://127.0.0.1/elsewhere/${id}`);
    expect(await turnOn(null)).toMatchObject({ code: 'target-moved', status: 409 });
    expect(await run(db, sql`select from link`)).toEqual([]);
    expect(await state()).toBe('observe');
    target.afterPage = async () => undefined;
    expect(await turnOn(null)).toBe(2);
  });

  it('leaves alone what a person calls foreign', async () => {
    expect(await turnOn(null)).toBe(2);
    await deliverAll(delivery);
    expect(target.records.get('old-3')?.content).toMatchObject({ title: 'Bilanci', active: true });
    expect(await state()).toBe('in-step');
  });

  it('that cannot be read says why, and is not turned on', async () => {
    const broken = deliveryTo(db, {});
    expect(await observe(db, broken.drivers, id, signal)).toMatchObject({
      code: 'target-not-asked',
      status: 503,
    });
    expect(await state()).toBe('observe');
  });
});
