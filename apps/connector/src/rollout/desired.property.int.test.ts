import fc from 'fast-check';
import type { DataSource, EntityManager } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { json, run, runCount, sql } from '#platform';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';

/** Days are counted from today. */
interface World {
  readonly revisions: readonly { readonly effective: number; readonly isReady: boolean }[];
  readonly organisations: readonly {
    readonly adopts: 'on-effective-date' | 'by-act';
    readonly wave: number;
    readonly acts: ReadonlyMap<number, number>;
  }[];
  readonly rule: number | null;
  readonly rollout: ReadonlyMap<number, number | null>;
  readonly targets: readonly Target[];
}

interface Target {
  readonly organisation: number;
  readonly offset: number;
  readonly pinned: number | null;
  readonly applied: number;
}

const mostRevisions = 4;
const day = fc.integer({ min: -3, max: 3 });
const number = fc.integer({ min: 1, max: mostRevisions });
const acts = <T>(value: fc.Arbitrary<T>) =>
  fc.array(fc.tuple(number, value), { maxLength: 3 }).map((pairs) => new Map(pairs));

const target: fc.Arbitrary<Target> = fc.record({
  organisation: fc.integer({ min: 0, max: 1 }),
  offset: fc.integer({ min: -1, max: 1 }),
  pinned: fc.option(number, { freq: 4 }),
  applied: fc.integer({ min: 0, max: mostRevisions }),
});

const world: fc.Arbitrary<World> = fc.record({
  revisions: fc.array(fc.record({ effective: day, isReady: fc.boolean() }), {
    minLength: 1,
    maxLength: mostRevisions,
  }),
  organisations: fc.array(
    fc.record({
      adopts: fc.constantFrom('on-effective-date', 'by-act'),
      wave: fc.integer({ min: 1, max: 3 }),
      acts: acts(day),
    }),
    { minLength: 2, maxLength: 2 },
  ),
  rule: fc.option(fc.integer({ min: 0, max: 3 })),
  rollout: acts(fc.option(fc.integer({ min: 0, max: 3 }))),
  targets: fc.array(target, { minLength: 1, maxLength: 20 }),
});

/** The latest act at or before a revision. */
function actFor<T>(acts: ReadonlyMap<number, T>, revision: number): { revision: number; value: T } | null {
  for (let at = revision; at > 0; at--) {
    const value = acts.get(at);
    if (value !== undefined) return { revision: at, value };
  }
  return null;
}

function isDue(world: World, target: Target, revision: number): boolean {
  const effective = world.revisions[revision - 1]?.effective;
  const organisation = world.organisations[target.organisation];
  if (effective === undefined || !organisation) return false;
  const act = actFor(organisation.acts, revision);
  let adopted: number | null;
  if (act?.revision === revision) adopted = act.value;
  else if (organisation.adopts === 'by-act') adopted = null;
  else adopted = Math.max(effective, act?.value ?? -Infinity);
  const step = actFor(world.rollout, revision);
  const reach =
    step?.revision === revision
      ? (step.value ?? Infinity)
      : Math.min(step?.value ?? Infinity, world.rule ?? Infinity);
  return adopted !== null && adopted + target.offset <= 0 && organisation.wave <= reach;
}

/** What the view must say; null: nothing. */
function expected(world: World, target: Target): number | null {
  const ready = world.revisions.flatMap(({ isReady }, i) => (isReady ? [i + 1] : []));
  if (target.pinned !== null) return ready.includes(target.pinned) ? target.pinned : null;
  return Math.max(target.applied, ...ready.filter((revision) => isDue(world, target, revision))) || null;
}

async function put(transaction: EntityManager, { targets, ...world }: World): Promise<void> {
  const today = sql`(now() at time zone 'Europe/Rome')::date`;
  const revisions = world.revisions.map((revision, i) => ({ number: i + 1, ...revision }));
  const organisations = world.organisations.map(({ adopts, wave }, i) => ({ id: `o${i}`, adopts, wave }));
  const adoptions = world.organisations.flatMap(({ acts }, i) =>
    [...acts].map(([revision, from]) => ({ id: `o${i}`, revision, from })),
  );
  const rollouts = [...world.rollout].map(([revision, waves]) => ({ revision, waves }));
  const rows = targets.map((target, i) => ({ id: `t${i}`, ...target }));
  const statements = [
    sql`insert into revision (scheme, number, edition, effective_date, changes, content_hash, published_at, applied_at)
        select 'map', number, 'e', ${today} + effective, 0, '', now(), case when "isReady" then now() end
        from jsonb_to_recordset(${json(revisions)}) as r(number int, effective int, "isReady" boolean)`,
    sql`insert into organisation (id, name, adopts, wave)
        select id, id, adopts, wave from jsonb_to_recordset(${json(organisations)}) as o(id text, adopts text, wave int)`,
    sql`insert into adoption select id, 'map', revision, ${today} + "from"
        from jsonb_to_recordset(${json(adoptions)}) as a(id text, revision int, "from" int)`,
    sql`insert into rollout select 'map', revision, waves
        from jsonb_to_recordset(${json(rollouts)}) as r(revision int, waves int)`,
    sql`insert into rollout_rule select 'map', waves from (select ${world.rule}::int as waves) r where waves is not null`,
    sql`insert into system (id, address, username, secret, schedule_id) select 's', 'http://127.0.0.1', '', 'env:S', id from schedule`,
    sql`insert into profile (id, kind, driver, language, missing_title, settings, offset_days)
        select 'p' || days, 'crm', 'd', 'it', 'show', '{}', days from generate_series(-1, 1) days`,
    sql`insert into target (id, organisation_id, system_id, profile_id, scheme, pinned_revision, applied_revision)
        select id, 'o' || organisation, 's', 'p' || "offset", 'map', pinned, applied
        from jsonb_to_recordset(${json(rows)}) as t(id text, organisation int, "offset" int, pinned int, applied int)`,
  ];
  for (const statement of statements) await runCount(transaction, statement);
}

class Undo extends Error {}

/** Within one transaction, in which it is always the same day; nothing stays. */
async function read(db: DataSource, world: World): Promise<(number | null)[]> {
  let found: Map<string, number> = new Map();
  await db
    .transaction(async (transaction) => {
      await put(transaction, world);
      const rows = await run<{ id: string; revision: number }>(
        transaction,
        sql`select target_id as id, revision from desired`,
      );
      found = new Map(rows.map(({ id, revision }) => [id, revision]));
      throw new Undo();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error;
    });
  return world.targets.map((_, i) => found.get(`t${i}`) ?? null);
}

let database: ConnectorDatabase;
beforeAll(async () => {
  database = await connectorDatabase();
});
afterAll(() => database.close());

it('a target should hold what is pinned, else the highest revision that is adopted, due at its offset and released for its wave', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (world) => {
      expect(await read(database.db, world)).toEqual(world.targets.map((target) => expected(world, target)));
    }),
    { numRuns: 150 },
  );
});
