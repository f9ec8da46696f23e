import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { inTransaction, run, sql, sqlState, type Executor } from '#platform';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import { emptyDatabase, registerTargets } from '../testing/delivery-harness.ts';

let database: ConnectorDatabase;
beforeAll(async () => {
  database = await connectorDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await emptyDatabase(database.db);
  await registerTargets(database.db, ['t1', 't2'], 'map');
});

const violation = '23503';
const link = (executor: Executor, ...targets: string[]): Promise<unknown> =>
  run(
    executor,
    sql`insert into link (target_id, concept_id, generation, external_id, state, code)
        select id, gen_random_uuid(), 1, 'r', 'ended', 'A1' from unnest(${targets}::text[]) as t(id)`,
  );
const remove = (executor: Executor, id: string): Promise<unknown> =>
  run(executor, sql`delete from target where id = ${id}`);

it('a link of a target that does not exist is refused, with all of its statement', async () => {
  const { db } = database;
  expect(await link(db, 't1', 'nobody').catch(sqlState)).toBe(violation);
  expect(await run(db, sql`select from link`)).toEqual([]);
  await link(db, 't1', 't2');
});

it('a target that has links is not deleted, and nobody gets another name', async () => {
  const { db } = database;
  await link(db, 't1');
  expect(await remove(db, 't1').catch(sqlState)).toBe(violation);
  await remove(db, 't2');
  expect(await run(db, sql`update target set id = 'other'`).catch(sqlState)).toBe('23000');
  expect(await run(db, sql`update link set target_id = 'other'`).catch(sqlState)).toBe('23000');
});

it('who deletes a target waits for who links it in this moment, and is then refused', async () => {
  const { db } = database;
  let removal: Promise<unknown> | undefined;
  await inTransaction(db, async (transaction) => {
    await link(transaction, 't1');
    removal = remove(db, 't1').catch(sqlState);
    await untilSomebodyWaits(db);
  });
  expect(await removal).toBe(violation);
});

it('who links a target waits for who deletes it in this moment, and is then refused', async () => {
  const { db } = database;
  let linking: Promise<unknown> | undefined;
  await inTransaction(db, async (transaction) => {
    await remove(transaction, 't1');
    linking = link(db, 't1').catch(sqlState);
    await untilSomebodyWaits(db);
  });
  expect(await linking).toBe(violation);
});

async function untilSomebodyWaits(db: Executor): Promise<void> {
  const waiting = sql`select from pg_locks where not granted`;
  while ((await run(db, waiting)).length === 0);
}
