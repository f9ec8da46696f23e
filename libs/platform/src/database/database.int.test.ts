import { say } from '#words';
import { setTimeout as wait } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.ts';
import { refuse } from '../problem/refusal.ts';
import { createDataSource } from './create-data-source.ts';
import { inTransaction } from './in-transaction.ts';
import { run, runCount } from './run.ts';
import { json, sql } from './sql.ts';
import { sqlState } from './sql-state.ts';

let database: FreshDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await freshDatabase('database');
  dataSource = await createDataSource({
    url: database.url,
    schema: 'public',
    applicationName: 'database-test',
    poolSize: 3,
    statementTimeoutMs: 1_000,
  }).initialize();
  await run(
    dataSource,
    sql`create table item (id bigint primary key, day date, titles jsonb, codes text[], at timestamptz)`,
  );
});
beforeEach(() => run(dataSource, sql`truncate item`));
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

const insert = (id: number) => sql`insert into item (id) values (${id})`;

test('arrays, JSON, days and large numbers come back as they were given', async () => {
  const row = {
    id: Number.MAX_SAFE_INTEGER,
    day: '2024-03-31',
    titles: [{ it: 'Attività "x", {y}' }, null],
    codes: ['A1', 'with "quotes", comma', 'NULL'],
    at: new Date('2024-03-31T01:30:00.123Z'),
  };
  await run(
    dataSource,
    sql`insert into item values (${row.id}, ${row.day}, ${json(row.titles)}, ${row.codes}, ${row.at})`,
  );
  expect(await run(dataSource, sql`select * from item where codes && ${['A1']}::text[]`)).toEqual([row]);
});

test('rows come from updates too, whatever runs them', async () => {
  await run(dataSource, sql`insert into item (id) select generate_series(1, 3)`);
  const update = sql`update item set day = ${'2024-01-01'} where id < ${3} returning id`;
  const rows = [{ id: 1 }, { id: 2 }];
  const runner = dataSource.createQueryRunner();
  expect(await run(dataSource, update)).toEqual(rows);
  expect(await run(dataSource.manager, update)).toEqual(rows);
  expect(await run(runner, update)).toEqual(rows);
  await runner.release();
  expect(await runCount(dataSource, sql`delete from item`)).toBe(3);
});

test('an error of Postgres tells its state', async () => {
  await run(dataSource, sql`insert into item (id) values (1)`);
  expect(await run(dataSource, sql`insert into item (id) values (1)`).catch(sqlState)).toBe('23505');
  expect(await run(dataSource, sql`select pg_sleep(5)`).catch(sqlState)).toBe('57014');
  expect(sqlState(new Error('another'))).toBeUndefined();
});

test('a transaction commits; an error and a refusal roll it back', async () => {
  expect(
    await inTransaction(dataSource, (transaction) => run(transaction, sql`${insert(1)} returning id`)),
  ).toEqual([{ id: 1 }]);
  const broken = inTransaction(dataSource, async (transaction) => {
    await run(transaction, insert(2));
    throw new Error('a bug');
  });
  await expect(broken).rejects.toThrow('a bug');
  const refusal = refuse('not-now', { title: say`This cannot be answered just now` });
  const refused = await inTransaction(dataSource, async (transaction) => {
    await run(transaction, insert(3));
    return refusal;
  });
  expect(refused).toBe(refusal);
  expect(await run(dataSource, sql`select id from item`)).toEqual([{ id: 1 }]);
});

test('it survives the loss of every connection, idle and at work', async () => {
  const broken = inTransaction(dataSource, async (transaction) => {
    const [mine] = await run<{ pid: number }>(transaction, sql`select pg_backend_pid() as pid`);
    await run(dataSource, sql`select pg_terminate_backend(${mine?.pid})`);
    await run(transaction, sql`select 1`);
  });
  await expect(broken).rejects.toThrow();
  await Promise.all([1, 2, 3].map(() => run(dataSource, sql`select pg_sleep(0.05)`)));
  await run(
    dataSource,
    sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`,
  );
  const deadline = performance.now() + 5_000;
  const answer = async (): Promise<unknown> => {
    try {
      return await run(dataSource, sql`select 1 as one`);
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await wait(20);
      return answer();
    }
  };
  expect(await answer()).toEqual([{ one: 1 }]);
});
