import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { run, sql } from '#platform';
import type { Answer, Step } from '#targets';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  endPauses,
  registerTargets,
  takeIn,
} from '../testing/delivery-harness.ts';
import { MapHistory, mapOf } from '../testing/map-history.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';

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

/** Three codes go round in a circle, of which the last step is refused. */
async function turned(
  target: Picky,
): Promise<{ readonly deliver: () => Promise<void>; readonly history: MapHistory }> {
  const history = new MapHistory('map');
  await registerTargets(db, ['t'], 'map');
  const delivery = deliveryTo(db, { t: target });
  const deliver = async (): Promise<void> => {
    await endPauses(db);
    await deliverAll(delivery);
  };
  await takeIn(db, history.publish(mapOf(['1 A1 a', '2 A2 b', '3 A3 c'])));
  await deliver();
  await takeIn(db, history.publish(mapOf(['1 A2 a', '2 A3 b', '3 A1 bad'])));
  return { deliver, history };
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
