import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { noSteps, type PlansAnswer, type StepCounts } from '#contracts';
import { isRefusal, run, sql } from '#platform';
import type { Step } from '#targets';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  registerTargets,
  takeIn,
} from '../testing/delivery-harness.ts';
import { MapHistory, mapOf, type PublishedRevision } from '../testing/map-history.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';
import { planByProfile } from './plan-by-profile.ts';

const id = 'target';
const succeed = { renumbered: 'succeed', reused: 'succeed', redefined: 'succeed' } as const;
const deactivate = { retire: 'deactivate' } as const;
let database: ConnectorDatabase;
let db: DataSource;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());
beforeEach(() => emptyDatabase(db));

/** Counts what arrives, seen from the target alone. */
class CountingTarget extends SimulatedTarget {
  counts = noSteps();

  override async write(steps: readonly Step[], signal: AbortSignal) {
    for (const step of steps) this.count(step);
    return super.write(steps, signal);
  }

  override async delete(externalIds: readonly string[], signal: AbortSignal) {
    this.counts.delete += externalIds.length;
    this.counts.end -= externalIds.length;
    return super.delete(externalIds, signal);
  }

  private count({ externalId, content }: Step): void {
    const held = externalId === null ? null : this.records.get(externalId)?.content;
    const isParked = content.code.includes('(in modifica');
    if (isParked) return;
    if (!content.active) this.counts[content.validTo === null ? 'deactivate' : 'end']++;
    else if (!held) this.counts.create++;
    else if (!held.active) this.counts.reopen++;
    else if (held.code !== content.code)
      this.counts[held.code.includes('(in modifica') ? 'rename' : 'renumber']++;
    else this.counts[held.parent === content.parent ? 'rename' : 'move']++;
  }
}

/** What was foretold, and what was sent, when a target in step with one map gets another. */
async function foretoldAndSent(
  before: readonly string[],
  after: readonly string[],
  policies: Parameters<typeof registerTargets>[4],
): Promise<{ foretold: StepCounts | undefined; sent: StepCounts }> {
  await emptyDatabase(db);
  const target = new CountingTarget();
  const delivery = deliveryTo(db, { [id]: target });
  await registerTargets(db, [id], 'map', 'show', policies);
  const history = new MapHistory('map');
  await takeIn(db, history.publish(mapOf(before)));
  await deliverAll(delivery);
  const next = history.publish(mapOf(after));
  const foretold = await plansFor(delivery, next);
  target.counts = noSteps();
  await takeIn(db, { ...next, inForce: { ...next.inForce, plan: foretold.profiles } });
  await deliverAll(delivery);
  expect(await run(db, sql`select would, approved from hold`)).toEqual([]);
  return { foretold: foretold.profiles[0]?.counts, sent: target.counts };
}

/** A target sees a record that stood aside under another code, or was put elsewhere on its way, as changed and no more. */
const summedUp = ({ renumber, move, rename, ...others }: StepCounts) => ({
  ...others,
  changed: renumber + move + rename,
});

async function plansFor(
  { drivers }: ReturnType<typeof deliveryTo>,
  { changes, inForce }: PublishedRevision,
): Promise<PlansAnswer> {
  const base = inForce.base?.revision ?? null;
  const answer = await planByProfile(db, drivers, { scheme: 'map', base, changes: [...changes] });
  if (isRefusal(answer)) throw new Error(answer.detail?.english);
  return answer;
}

it('follows or succeeds, ends or deactivates, as the policies of the profile say', async () => {
  const before = ['1 A1 a', '2 A1.1 b', '3 A1.2 c', '4 A2 d'];
  const after = ['1 A1 other', '2 A1.3 b', '3 A1.2 c', '5 A3 e'];
  const { foretold, sent } = await foretoldAndSent(before, after, deactivate);
  expect(foretold).toEqual({ ...noSteps(), create: 1, rename: 1, renumber: 1, deactivate: 1 });
  expect(sent).toEqual(foretold);
  const succeeded = await foretoldAndSent(before, after, succeed);
  expect(succeeded.foretold).toEqual({ ...noSteps(), create: 2, rename: 1, end: 2 });
  expect(succeeded.sent).toEqual(succeeded.foretold);
});

it('counts what is deleted once, and what comes back as made anew', async () => {
  const before = ['1 A1 a', '2 A1.1 b', '3 A1.2 c'];
  const gone = await foretoldAndSent(before, ['1 A1 a', '4 A1.2 d'], { retire: 'delete' });
  expect(gone.foretold).toEqual({ ...noSteps(), create: 1, delete: 2 });
  expect(gone.sent).toEqual(gone.foretold);

  const history = new MapHistory('map');
  const published = [before, ['1 A1 a'], before].map((lines) => history.publish(mapOf(lines)));
  await emptyDatabase(db);
  const target = new CountingTarget();
  const delivery = deliveryTo(db, { [id]: target });
  await registerTargets(db, [id], 'map', 'show', { retire: 'delete' });
  for (const revision of published.slice(0, 2)) {
    await takeIn(db, revision);
    await deliverAll(delivery);
  }
  const [, , back] = published;
  if (!back) throw new Error('three were published');
  expect((await plansFor(delivery, back)).profiles[0]?.counts).toEqual({ ...noSteps(), create: 2 });
});

it('puts below an heir what the change set does not name', async () => {
  const before = ['1 A1 a', '2 A1.1 b', '3 A1.1.1 c'];
  const history = new MapHistory('map');
  history.publish(mapOf(before));
  const after = mapOf(['1 A1 a', '2 A1.1 b', '3 A1.1.1 c']);
  for (const entry of after.values())
    if (entry.code === 'A1.1') after.set(entry.conceptId, { ...entry, notes: { it: { includes: 'more' } } });
  const target = new CountingTarget();
  const delivery = deliveryTo(db, { [id]: target });
  await registerTargets(db, [id], 'map', 'show', succeed);
  const [first] = history.revisions;
  if (first) await takeIn(db, first);
  await deliverAll(delivery);
  const next = history.publish(after);
  const { profiles } = await plansFor(delivery, next);
  expect(profiles).toEqual([
    { profile: 'map', targets: 1, refused: 0, counts: { ...noSteps(), create: 1, end: 1, move: 1 } },
  ]);
  target.counts = noSteps();
  await takeIn(db, next);
  await deliverAll(delivery);
  expect(target.counts).toEqual(profiles[0]?.counts);
});

it('is what the planner of delivery does for a target in step, whatever the maps and policies', async () => {
  const codes = ['A1', 'A2', 'A1.1', 'A1.2', 'A2.1', 'A1.1.1'];
  const someMap = fc
    .shuffledSubarray([1, 2, 3, 4, 5, 6, 7], { minLength: 6, maxLength: 6 })
    .chain((concepts) =>
      fc
        .array(fc.constantFrom('x', 'y'), { minLength: 6, maxLength: 6 })
        .chain((titles) =>
          fc
            .subarray(codes, { minLength: 1 })
            .map((chosen) =>
              codes.flatMap((code, i) =>
                chosen.includes(code) ? [`${concepts[i]} ${code} ${titles[i]}`] : [],
              ),
            ),
        ),
    );
  await fc.assert(
    fc.asyncProperty(
      someMap,
      someMap,
      fc.constantFrom({}, succeed, { reused: 'succeed' } as const, deactivate),
      async (before, after, policies) => {
        const { foretold, sent } = await foretoldAndSent(before, after, policies);
        expect(foretold && summedUp(foretold)).toEqual(summedUp(sent));
      },
    ),
    { numRuns: 40 },
  );
}, 120_000);

it('counts what a profile does not take, and what waits for it', async () => {
  await registerTargets(db, [id], 'map', 'refuse');
  const history = new MapHistory('map');
  const delivery = deliveryTo(db, { [id]: new SimulatedTarget() });
  const { profiles } = await plansFor(delivery, history.publish(mapOf(['1 A1', '2 A1.1 b', '3 A2 c'])));
  expect(profiles).toMatchObject([{ refused: 2, counts: { create: 1 } }]);
});

it('is refused for a change set that stands on another revision than the connector holds', async () => {
  const { drivers } = deliveryTo(db, {});
  const asked = await planByProfile(db, drivers, { scheme: 'map', base: 4, changes: [] });
  expect(asked).toMatchObject({ code: 'base-differs', status: 409 });
  expect(await run(db, sql`select from revision`)).toEqual([]);
});
