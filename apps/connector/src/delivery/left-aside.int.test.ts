import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { run, sql } from '#platform';
import type { Answer, Step } from '#targets';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  endLeases,
  endPauses,
  registerTargets,
  takeIn,
} from '../testing/delivery-harness.ts';
import { MapHistory, mapOf } from '../testing/map-history.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';
import { claimSystems } from './system-lease.ts';
import { beginTurns } from './turn.ts';

let database: ConnectorDatabase;
let db: DataSource;
beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());
beforeEach(() => emptyDatabase(db));

/** It takes no record with this title. */
class Picky extends SimulatedTarget {
  override async write(steps: readonly Step[], signal: AbortSignal): Promise<Answer[]> {
    const isBad = ({ content }: Step): boolean => content.title === 'bad';
    const given = await super.write(
      steps.filter((step) => !isBad(step)),
      signal,
    );
    return steps.map((step) => (isBad(step) ? { is: 'rejected', reason: 'bad title' } : given.shift()!));
  }
}

interface Scene {
  readonly deliver: () => Promise<void>;
  readonly history: MapHistory;
}

async function begun(target: Picky, ...map: string[]): Promise<Scene> {
  const history = new MapHistory('map');
  await registerTargets(db, ['t'], 'map');
  const delivery = deliveryTo(db, { t: target });
  const deliver = async (): Promise<void> => {
    await endPauses(db);
    await deliverAll(delivery);
  };
  await takeIn(db, history.publish(mapOf(map)));
  await deliver();
  return { deliver, history };
}

/** Three codes go round in a circle, of which the last step is refused. */
async function turned(target: Picky): Promise<Scene> {
  const scene = await begun(target, '1 A1 a', '2 A2 b', '3 A3 c');
  await takeIn(db, scene.history.publish(mapOf(['1 A2 a', '2 A3 b', '3 A1 bad'])));
  return scene;
}

const codes = (target: Picky): string[] =>
  [...target.records.values()].map(({ key, content }) => `${Number(key.slice(0, 8))} ${content.code}`).sort();

const stuck = (): Promise<{ code: string; reason: string }[]> =>
  run(db, sql`select code, reason from stuck order by code`);

it('a record that stood aside for a circle of codes that is refused gets its code back', async () => {
  const target = new Picky();
  const { deliver, history } = await turned(target);
  await deliver();
  expect(codes(target)).toEqual(['1 A1', '2 A2', '3 A3']);
  expect(await stuck()).toMatchObject([
    { code: 'A1', reason: 'bad title' },
    { code: 'A2', reason: expect.stringContaining('waits') },
    { code: 'A3', reason: expect.stringContaining('waits') },
  ]);
  const calls = target.calls.length;
  await deliver();
  expect(target.calls).toHaveLength(calls);

  await takeIn(db, history.publish(mapOf(['1 A2 a', '2 A3 b', '3 A1 c'])));
  await deliver();
  expect(codes(target)).toEqual(['1 A2', '2 A3', '3 A1']);
  expect(await stuck()).toEqual([]);
});

it.each(['lose-answers', 'lose-all', 'fail'] as const)(
  'also where the way back meets with "%s", and the circle turns later',
  async (trouble) => {
    const target = new Picky();
    const { deliver, history } = await turned(target);
    let isOver = false;
    target.interfere = (steps) => {
      const isBack = steps.some(({ content }) => content.code === 'A1' && content.title === 'a');
      if (!isBack || isOver) return null;
      isOver = true;
      return trouble;
    };
    await deliver();
    expect(isOver).toBe(true);
    await takeIn(db, history.publish(mapOf(['1 A2 a', '2 A3 b', '3 A1 c'])));
    await deliver();
    expect(codes(target)).toEqual(['1 A2', '2 A3', '3 A1']);
    expect(await stuck()).toEqual([]);
  },
);

/** A process dies after it began a revision, and the next one turns a circle that is refused. */
async function turnedInDoubt(
  target: Picky,
  first: readonly string[],
  then: readonly string[],
): Promise<void> {
  const { deliver, history } = await begun(target, '9 A1 p', '1 A1.1 a', '2 A1.2 b', '3 A1.3 c');
  await takeIn(db, history.publish(mapOf(['9 A1 p', ...first])));
  const holder = crypto.randomUUID();
  await claimSystems(db, holder, 30_000, 1);
  expect(await beginTurns(db, { systemId: 't', holder }, ['t'])).toHaveLength(1);
  await endLeases(db);
  await takeIn(db, history.publish(mapOf(['9 A1 p', ...then])));
  await deliver();
}

const placed = (target: Picky): string[] => {
  const numberOf = (id: string): number => Number(target.records.get(id)?.key.slice(0, 8));
  return [...target.records.values()]
    .map(
      ({ id, content: { code, parent } }) =>
        `${numberOf(id)} ${code} below ${parent === null ? '-' : numberOf(parent)}`,
    )
    .sort();
};

it('in a turn in doubt it gets back its place, too', async () => {
  const target = new Picky();
  await turnedInDoubt(target, ['1 A1.1 a', '2 A1.2 bb', '3 A1.3 c'], ['1 A1.3 bb', '2 A1.2 b', '3 A1.1 bad']);
  expect(placed(target)).toEqual(['1 A1.1 below 9', '2 A1.2 below 9', '3 A1.3 below 9', '9 A1 below -']);
});

it('and its place alone where another record has its code', async () => {
  const target = new Picky();
  await turnedInDoubt(target, ['1 A1.1 aa', '2 A1.2 b', '3 A1.3 c'], ['1 A1.2 a', '2 A1.3 b', '3 A1.1 bad']);
  expect(placed(target)).toEqual([
    '1 A1.2 below 9',
    '2 A1.3 (in modifica 00000002) below 9',
    '3 A1.3 below 9',
    '9 A1 below -',
  ]);
});

it('a target that asks for a pause is sent no other way back', async () => {
  const target = new Picky();
  const { deliver, history } = await begun(target, '1 A1 a', '2 A2 b', '4 B1 d', '5 B2 e');
  await takeIn(db, history.publish(mapOf(['1 A2 a', '2 A1 bad', '4 B2 d', '5 B1 bad'])));
  let asked = 0;
  target.interfere = (steps) => {
    const isBack = steps.some(
      ({ content }) => ['A1', 'B1'].includes(content.code) && content.title !== 'bad',
    );
    return isBack && asked++ === 0 ? 'slow-down' : null;
  };
  await deliver();
  expect(asked).toBe(1);
});
