import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { run, sql } from '#platform';
import { skip, unskip } from '../operations/skip.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  registerOnOneSystem,
  takeIn,
} from '../testing/delivery-harness.ts';
import { conceptNumber, MapHistory, mapOf } from '../testing/map-history.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';
import { parkedCode } from './render.ts';

const scheme = 'map';
let database: ConnectorDatabase;
let db: DataSource;
beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());
beforeEach(() => emptyDatabase(db));

it('what would stand below itself, because one between is skipped, waits for that one', async () => {
  const target = new SimulatedTarget();
  await registerOnOneSystem(db, ['t'], scheme);
  const history = new MapHistory(scheme);
  const deliver = (): Promise<void> => deliverAll(deliveryTo(db, { t: target }));
  const standing = (): string[] =>
    target
      .active()
      .map(({ content: { code } }) => code)
      .sort();
  await takeIn(db, history.publish(mapOf(['3 A1 b', '1 A1.1 a', '2 C1 c'])));
  await deliver();
  await skip(db, 't', 'A1.1', 'by hand');
  await takeIn(db, history.publish(mapOf(['1 B1 a', '3 B1.1 b', '2 C1 other'])));
  await deliver();
  expect(standing()).toEqual(['A1', 'A1.1', 'C1']);
  expect(
    target
      .active()
      .map(({ content }) => content.title)
      .sort(),
  ).toEqual(['a', 'b', 'other']);
  const stuck = await run<{ code: string; class: string }>(
    db,
    sql`select code, class from stuck order by code`,
  );
  expect(stuck).toEqual([
    { code: 'B1', class: 'rejected' },
    { code: 'B1.1', class: 'waits' },
  ]);
  await unskip(db, 't', 'B1');
  await deliver();
  expect(standing()).toEqual(['B1', 'B1.1', 'C1']);
});

it('a circle of codes that a refusal keeps from turning says what was refused', async () => {
  const target = new SimulatedTarget();
  await registerOnOneSystem(db, ['t'], scheme);
  const history = new MapHistory(scheme);
  await takeIn(db, history.publish(mapOf(['1 A1 a', '2 A2 b', '3 A3 c'])));
  await deliverAll(deliveryTo(db, { t: target }));
  const aside = parkedCode('A2', conceptNumber(1), target.capabilities.longestCode);
  target.refusedCodes.add(aside);
  await takeIn(db, history.publish(mapOf(['1 A2 a', '2 A3 b', '3 A1 c'])));
  await deliverAll(deliveryTo(db, { t: target }));
  const stuck = await run(db, sql`select code, class, reason from stuck order by code`);
  expect(stuck).toEqual([
    { code: 'A1', class: 'waits', reason: expect.stringContaining('waits for the code A1') as string },
    { code: 'A2', class: 'rejected', reason: `the code ${aside} is not allowed here` },
    { code: 'A3', class: 'waits', reason: expect.stringContaining('waits for the code A3') as string },
  ]);
});
