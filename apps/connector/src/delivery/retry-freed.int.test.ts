import { afterAll, beforeAll, expect, it } from 'vitest';
import { run, sql } from '#platform';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import { emptyDatabase, registerTargets } from '../testing/delivery-harness.ts';
import { conceptNumber } from '../testing/map-history.ts';
import type { Work } from './plan.ts';
import { retryFreed } from './retry-freed.ts';

const codes = 20_000;
const hash = 'a'.repeat(64);
let database: ConnectorDatabase;

beforeAll(async () => {
  database = await connectorDatabase();
  const { db } = database;
  await emptyDatabase(db);
  await registerTargets(db, ['one', 'other'], 'map');
  await run(
    db,
    sql`insert into stuck (target_id, concept_id, class, code, title, reason, next_attempt_at)
        select target, gen_random_uuid(), 'rejected', 'A' || n, 'a', 'taken', now() + interval '1 day'
        from generate_series(1, ${codes}::int) n, unnest(array['one', 'other']) target`,
  );
});
afterAll(() => database.close());

/** A record gives up a code; null: nobody knows which one. */
function givesUp(code: string | null) {
  const content = { code: 'B', title: 'a', level: 1, parentId: null, active: true, validTo: null };
  const work: Work = {
    conceptId: conceptNumber(1),
    code: 'B',
    title: 'a',
    wanted: { content, hash },
    generation: 1,
    notes: null,
    isSucceeded: false,
    takesOver: false,
    held: code === null ? null : { state: 'current', code, parentId: null, hash },
    deletion: 'no',
    wasStuck: false,
    refusedBefore: null,
    failsAlone: false,
    resend: false,
    foundCode: null,
    mayExist: code === null,
  };
  const step = { work, content, hash, isBelowNew: false, waitsFor: [] };
  return { targetId: 'one', outcome: { is: 'done', step, externalId: 'r1' } } as const;
}

const due = () =>
  run(
    database.db,
    sql`select target_id as target, count(*)::int as codes, min(code) as first from stuck where next_attempt_at <= now()
        group by target_id order by target_id`,
  );

it('many codes that were given up are looked for among many that are stuck, at that target alone', async () => {
  const freed = Array.from({ length: codes }, (_, n) => givesUp(n === 0 ? 'A1' : `C${n}`));
  await retryFreed(database.db, freed);
  expect(await due()).toEqual([{ target: 'one', codes: 1, first: 'A1' }]);
});

it('where nobody knows which code was given up, all that is stuck there is due', async () => {
  await retryFreed(database.db, [givesUp(null)]);
  expect(await due()).toEqual([{ target: 'one', codes, first: 'A1' }]);
});
