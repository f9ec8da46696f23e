import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isRefusal, run, sql, type Sql } from '#platform';
import { claimCheck } from '../drift/claim-check.ts';
import { owedLooks } from '../drift/owed-looks.ts';
import { readProgress } from '../rollout/progress.ts';
import { conceptNumber } from '../testing/map-history.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import { tenThousandTargets } from '../testing/ten-thousand-targets.ts';
import type { StuckPage } from './schemas.ts';
import { readStuck, stuckAfter } from './stuck-list.ts';
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
  await analyze();
});
afterAll(() => database.close());

async function analyze(): Promise<void> {
  const owner = new Client({ connectionString: database.adminUrl });
  await owner.connect();
  await owner.query('analyze');
  await owner.end();
}

interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Function Name'?: string;
  readonly 'Actual Loops': number;
  readonly 'Actual Rows': number;
  readonly Plans?: readonly Node[];
}

async function planOf(statement: Sql): Promise<Node | undefined> {
  const [row] = await run<{ 'QUERY PLAN': [{ Plan: Node }] }>(
    db,
    sql`explain (analyze, format json) ${statement}`,
  );
  return row?.['QUERY PLAN'][0].Plan;
}

/** How often a statement reads each table and function, whichever way; or of how many rows. */
async function readings(
  statement: Sql,
  of: (node: Node) => number = (node) => node['Actual Loops'],
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const visit = (node: Node): void => {
    const name = node['Relation Name'] ?? node['Function Name'];
    if (name !== undefined) counts[name] = (counts[name] ?? 0) + of(node);
    node.Plans?.forEach(visit);
  };
  const plan = await planOf(statement);
  if (plan) visit(plan);
  return counts;
}

it('what 10,000 targets should hold is asked once for those that are alike, not for each', async () => {
  const counts = await readings(targetStates(matching({})));
  expect(Object.keys(counts)).toEqual(expect.arrayContaining(['target', 'organisation', 'revisions_by_day']));
  for (const [name, loops] of Object.entries(counts)) expect([name, loops < 500]).toEqual([name, true]);
});

it('a state that leaves a mark is asked of those alone that have it', async () => {
  for (const [state, marked] of [
    ['stuck', 100],
    ['paused', 50],
    ['observe', 0],
    ['quarantined', 0],
    ['held', 0],
    ['unreachable', 0],
    ['in-step-except', 0],
  ] as const) {
    const rows = await run(db, targetStates(matching({ state })));
    expect([state, rows.length]).toEqual([state, marked]);
  }
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
  if (isRefusal(found)) throw new Error(found.title.english);
  const { shouldHold, heldByWave, notYet, observed } = found.targets;
  expect(shouldHold + heldByWave + notYet + observed).toBe(10_000);
  expect(found.targets).toMatchObject({ hold: 9_000, paused: 33, stuck: 67 });
  expect(found.records.shouldHold).toBe(shouldHold * 450);
  expect(found.slowest).toHaveLength(10);
});

it('a page of what is stuck reads the rows that it shows, also where a target takes nothing', async () => {
  await run(
    db,
    sql`insert into stuck (target_id, concept_id, class, code, title, reason)
    select 't00001', concept_id, 'waits', code, '', '' from entry`,
  );
  const plan = await planOf(sql`${stuckAfter('t00001', `A2 ${conceptNumber(0)}`)} limit 11`);
  expect(plan).toMatchObject({
    'Node Type': 'Limit',
    Plans: [{ 'Node Type': 'Index Scan', 'Index Name': 'stuck_page', 'Actual Rows': 11 }],
  });
  const codes: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const { items, next }: StuckPage = await readStuck(db, 't00001', {
      limit: 100,
      ...(cursor && { cursor }),
    });
    expect(items.length).toBeLessThanOrEqual(100);
    codes.push(...items.map(({ code }) => code));
    cursor = next;
  }
  expect(codes).toHaveLength(450);
  expect(codes).toEqual([...new Set(codes)].sort());
});

it('what was mended is looked up where it waited to be sent when its target was last read, and nowhere else', async () => {
  await run(
    db,
    sql`insert into drift_check (target_id, started_at, due_at) select id, now() - interval '1 hour', now() + interval '1 day' from target`,
  );
  await run(
    db,
    sql`insert into link (target_id, concept_id, generation, external_id, state, code, hash, mended_at, acknowledged_at)
        select t.id, e.concept_id, 1, e.code, 'current', e.code, 'x', now() - interval '3 hours', now() - interval '2 hours'
        from target t, entry e where e.rank <= 5`,
  );
  // The next reading of one of them begins while one record waits, which is sent then.
  await run(db, sql`update drift_check set due_at = now() where target_id = 't00001'`);
  await run(db, sql`update link set hash = null where target_id = 't00001' and code = 'A1'`);
  expect(await claimCheck(db, crypto.randomUUID(), 30_000, 60_000)).toMatchObject({ targetId: 't00001' });
  await run(
    db,
    sql`update link set hash = 'x', acknowledged_at = now() where target_id = 't00001' and code = 'A1'`,
  );
  await analyze();
  expect(await run(db, owedLooks(60_000))).toMatchObject([{ target_id: 't00001' }]);
  const { link } = await readings(owedLooks(60_000), (node) => node['Actual Rows'] * node['Actual Loops']);
  expect(link).toBeLessThan(10);
});
