import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isRefusal, run, sql, type Sql } from '#platform';
import { readProgress } from '../rollout/progress.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import { tenThousandTargets } from '../testing/ten-thousand-targets.ts';
import { matching } from './target-filter.ts';
import { targetStates } from './target-states.ts';
import { readTargetPage } from './target-status.ts';
import { summarise } from './target-summary.ts';

let database: ConnectorDatabase;
let db: DataSource;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
  await tenThousandTargets(db);
  const owner = new Client({ connectionString: database.adminUrl });
  await owner.connect();
  await owner.query('analyze');
  await owner.end();
});
afterAll(() => database.close());

interface Node {
  readonly 'Relation Name'?: string;
  readonly 'Function Name'?: string;
  readonly 'Actual Loops': number;
  readonly 'Actual Rows': number;
  readonly Plans?: readonly Node[];
}

/** How often a statement reads each table and function, whichever way. */
async function readings(statement: Sql): Promise<Record<string, number>> {
  const [row] = await run<{ 'QUERY PLAN': [{ Plan: Node }] }>(
    db,
    sql`explain (analyze, format json) ${statement}`,
  );
  const counts: Record<string, number> = {};
  const visit = (node: Node): void => {
    const name = node['Relation Name'] ?? node['Function Name'];
    if (name !== undefined) counts[name] = (counts[name] ?? 0) + node['Actual Loops'];
    node.Plans?.forEach(visit);
  };
  if (row) visit(row['QUERY PLAN'][0].Plan);
  return counts;
}

it('what 10,000 targets should hold is asked once for those that are alike, not for each', async () => {
  const counts = await readings(targetStates(matching({})));
  expect(Object.keys(counts)).toEqual(expect.arrayContaining(['target', 'organisation', 'revisions_by_day']));
  for (const [name, loops] of Object.entries(counts)) expect([name, loops < 500]).toEqual([name, true]);
});

it('a page of those in one state is found among 10,000', async () => {
  const page = await readTargetPage(db, { state: 'stuck' }, { limit: 40 });
  expect(page.targets.map(({ state }) => state)).toEqual(Array.from({ length: 40 }, () => 'stuck'));
  const rest = await readTargetPage(db, { state: 'stuck' }, { limit: 500, cursor: page.next ?? '' });
  expect([page, rest].flatMap(({ targets }) => targets)).toHaveLength(100);
  expect((await summarise(db, {}, 'wave')).total).toBe(10_000);
});

it('how far a revision has come at 10,000 targets adds up', async () => {
  const found = await readProgress(db, 'map', 2);
  if (isRefusal(found)) throw new Error(found.title);
  const { shouldHold, heldByWave, notYet, observed } = found.targets;
  expect(shouldHold + heldByWave + notYet + observed).toBe(10_000);
  expect(found.targets).toMatchObject({ hold: 9_000, paused: 33, stuck: 67 });
  expect(found.records.shouldHold).toBe(shouldHold * 450);
  expect(found.slowest).toHaveLength(10);
});
