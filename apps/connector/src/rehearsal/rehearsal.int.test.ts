import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { isRefusal, run, sql } from '#platform';
import type { DeliveryContext } from '../delivery/work-system.ts';
import { pin } from '../rollout/pin.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  endPauses,
  registerTargets,
  takeIn,
} from '../testing/delivery-harness.ts';
import { conceptNumber, MapHistory, mapOf } from '../testing/map-history.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';
import { rehearse } from './rehearse.ts';
import type { Rehearsal } from './schemas.ts';

const id = 'target';
const { signal } = new AbortController();
let database: ConnectorDatabase;
let db: DataSource;
let target: SimulatedTarget;
let delivery: DeliveryContext;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());

/** In step with revision 1; revision 2 comes one day: two codes change places, one goes, one comes. */
beforeEach(async () => {
  await emptyDatabase(db);
  target = new SimulatedTarget();
  delivery = deliveryTo(db, { [id]: target });
  await registerTargets(db, [id], 'map');
  const history = new MapHistory('map');
  await takeIn(db, history.publish(mapOf(['1 A1 a', '2 A1.1 b', '3 A1.2 c', '4 A2 d'])));
  await takeIn(
    db,
    history.publish(mapOf(['1 A1 a', '3 A1.1 c', '2 A1.2 b', '5 A3 e', '6 A3.1 f']), '2999-01-01'),
  );
  await deliverAll(delivery);
  target.calls.length = 0;
});

const rehearsal = async (revision: number | null = 2): Promise<Rehearsal> => {
  const answer = await rehearse(db, delivery.drivers, id, revision, signal);
  if (isRefusal(answer)) throw new Error(answer.title.english);
  return answer;
};

it('shows the steps that a target would get ahead of the day, and sends none of them', async () => {
  const { steps, ...shown } = await rehearsal();
  expect(shown).toEqual({
    target: id,
    applied: 1,
    revision: 2,
    counts: { create: 2, change: 2, retire: 1, delete: 0, park: 1 },
    refused: [],
  });
  expect(target.calls).toEqual([]);
  expect((await rehearsal(null)).steps).toEqual([]);

  await pin(db, id, 2);
  await deliverAll(delivery);
  const sent = target.calls.flat().map(({ externalId, content: { code, title, active } }) => ({
    externalId,
    content: { code, title, active },
  }));
  const said = steps.map(({ externalId, content: { code, title, active } }) => ({
    externalId,
    content: { code, title, active },
  }));
  expect(said).toEqual(sent);
});

it('says what would be refused: a title that is too long, what stands below it, and a code that somebody has', async () => {
  target.hold('own', 'A3.1', 'Voce locale');
  expect((await rehearsal()).refused).toMatchObject([
    { code: 'A3.1', class: 'rejected', reason: 'the foreign record own has the code A3.1' },
  ]);
  target.capabilities = { ...target.capabilities, longestTitle: 0 };
  expect((await rehearsal()).refused).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        code: 'A3',
        class: 'rejected',
        reason: expect.stringContaining('longer than 0'),
      }),
      expect.objectContaining({ code: 'A3.1' }),
    ]),
  );
});

it('a record that was left as nobody’s of ours is somebody else’s, though its key is kept', async () => {
  target.hold('own', 'A3.1', 'Voce locale');
  await run(
    db,
    sql`insert into link (target_id, concept_id, generation, external_id, state, code)
        values (${id}, ${conceptNumber(1)}, 9, 'own', 'deleted', 'A1 (chiusa)')`,
  );
  expect((await rehearsal()).refused).toMatchObject([
    { code: 'A3.1', reason: 'the foreign record own has the code A3.1' },
  ]);
});

it('shows what brings a target back that has a part of a revision which is not wanted any more', async () => {
  target.capabilities.batchSize = 1;
  target.interfere = (_, call) => (call === 2 ? 'slow-down' : null);
  await pin(db, id, 2);
  await deliverAll(delivery);
  await pin(db, id, null);
  const { steps } = await rehearsal(null);
  target.calls.length = 0;
  target.interfere = () => null;
  await endPauses(db);
  await deliverAll(delivery);
  const codesOf = (all: readonly { readonly content: { readonly code: string } }[]) =>
    all.map(({ content: { code } }) => code);
  expect(steps).not.toEqual([]);
  expect(codesOf(steps)).toEqual(codesOf(target.calls.flat()));
});

it('shows old records ending, and those that succeed them, where that is the policy', async () => {
  const policies = { renumbered: 'succeed', reused: 'succeed', redefined: 'succeed' } as const;
  await registerTargets(db, [id], 'map', 'show', policies);
  await deliverAll(delivery);
  const ledger = sql`select * from link order by concept_id, generation`;
  const before = await run(db, ledger);
  target.calls.length = 0;
  const { steps, counts } = await rehearsal();
  expect(counts).toEqual({ create: 4, change: 0, retire: 3, delete: 0, park: 0 });
  expect(target.calls).toEqual([]);
  expect(await run(db, ledger)).toEqual(before);

  await pin(db, id, 2);
  await deliverAll(delivery);
  const short = ({ code, title, active }: { code: string; title: string; active: boolean }): string =>
    `${code} ${title} ${active}`;
  const sent = target.calls.flat().map(({ content }) => short(content));
  expect(steps.map(({ content }) => short(content))).toEqual(sent);
});

it('is not for a target that is only observed, or a revision that nobody knows', async () => {
  expect(await rehearse(db, delivery.drivers, id, 9, signal)).toMatchObject({ code: 'revision-unknown' });
  await run(db, sql`update target set mode = 'observe'`);
  expect(await rehearse(db, delivery.drivers, id, 2, signal)).toMatchObject({ code: 'only-observed' });
});
