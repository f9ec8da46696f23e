import { afterAll, beforeAll, expect, test } from 'vitest';
import type { QueryRunner } from 'typeorm';
import { run, sql } from '#platform';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import { tenThousandTargets } from '../testing/ten-thousand-targets.ts';
import { claimSystems } from './system-lease.ts';
import { readTargetsWithWork } from './turn.ts';

interface PlanNode {
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Join Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

let database: ConnectorDatabase;
beforeAll(async () => {
  database = await connectorDatabase();
  await tenThousandTargets(database.db);
});
afterAll(() => database.close());

/** Rows that a step of a plan looked at. */
const rowsOf = (node: PlanNode): number =>
  node['Actual Loops'] *
  (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Join Filter'] ?? 0));

const mostRows = (node: PlanNode): number => Math.max(rowsOf(node), ...(node.Plans ?? []).map(mostRows));

/** Most rows that any step of the plan of a statement looks at; what it does is taken back. */
async function looksAt(work: (executor: QueryRunner) => Promise<unknown>): Promise<number> {
  const runner = database.db.createQueryRunner();
  let most = 0;
  const query = async (text: string, values: unknown[]): Promise<unknown> => {
    const [explained] = await runner.query(`explain (analyze, timing off, format json) ${text}`, values);
    most = mostRows(explained['QUERY PLAN'][0].Plan);
    return { records: [] };
  };
  await runner.startTransaction();
  try {
    await work({ query } as unknown as QueryRunner);
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
  return most;
}

const claiming = (): Promise<number> =>
  looksAt((executor) => claimSystems(executor, crypto.randomUUID(), 1_000, 16));

test('to claim systems looks at each target a few times, also where Postgres knows nothing of 10,000 new ones', async () => {
  expect(await claiming()).toBeLessThan(200_000);
});

test('also where it knows the targets, and not their links', async () => {
  const { db } = database;
  await run(db, sql`analyze target`);
  await run(
    db,
    sql`insert into link (target_id, concept_id, generation, external_id, state, code, hash)
        select t.id, e.concept_id, 1, e.code, 'current', e.code, 'x' from target t, entry e where e.rank <= 45`,
  );
  expect(await claiming()).toBeLessThan(200_000);
});

test('and where all of them are in one system', async () => {
  await run(database.db, sql`update target set system_id = 's0', applied_revision = 1`);
  expect(await claiming()).toBeLessThan(200_000);
  expect(await looksAt((executor) => readTargetsWithWork(executor, 's0', [], 200))).toBeLessThan(200_000);
});
