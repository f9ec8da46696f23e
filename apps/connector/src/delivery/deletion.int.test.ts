import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DataSource } from 'typeorm';
import { run, sql } from '#platform';
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
import { statusInEnglish } from '../testing/status-in-english.ts';
import type { ChosenPolicies } from './policies.ts';

const scheme = 'map';
let database: ConnectorDatabase;
let db: DataSource;
let history: MapHistory;
let target: SimulatedTarget;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());
beforeEach(async () => {
  await emptyDatabase(db);
  history = new MapHistory(scheme);
  target = new SimulatedTarget();
});

const register = (policies: ChosenPolicies = {}): Promise<void> =>
  registerTargets(db, [scheme], scheme, 'show', { retire: 'delete', ...policies });
const deliver = (): Promise<void> => deliverAll(deliveryTo(db, { [scheme]: target }));

async function publish(lines: readonly string[]): Promise<void> {
  await takeIn(db, history.publish(mapOf(lines), `2024-0${history.revisions.length + 1}-01`));
  await deliver();
}

const short = (text: string): string =>
  text.replaceAll('-0000-4000-8000-000000000000', '').replace(/^0+/, '');

/** Every record: its key and code, and until when. */
const records = (): string[] =>
  [...target.records.values()]
    .map(({ key, content: { code, active, validTo } }) =>
      active ? `${short(key)} ${code}` : `${short(key)} ${code} until ${validTo}`,
    )
    .sort();

const recordOf = (n: number): string => target.withKey(conceptNumber(n))[0]?.id ?? '';
const deletedCodes = (ids: ReadonlyMap<string, string>): string[][] =>
  target.deletions.map((batch) => batch.map((id) => ids.get(id) ?? '?').sort());
const codesById = (): Map<string, string> =>
  new Map([...target.records.values()].map(({ id, content }) => [id, content.code]));
const stuck = (): Promise<{ code: string; class: string; reason: string }[]> =>
  run(db, sql`select code, class, reason from stuck order by code`);
const tryAgain = (): Promise<unknown> => run(db, sql`update stuck set next_attempt_at = now()`);
const status = async () => (await statusInEnglish(db))[0];

const whole = ['1 A1 a', '2 A2 b', '3 A2.1 c', '4 A2.1.1 d', '5 A2.1.2 e'];

describe('where a profile deletes', () => {
  it('what left the map ends first, then goes, children before parents', async () => {
    await register();
    await publish(whole);
    const ids = codesById();
    await publish(whole.slice(0, 1));
    expect(records()).toEqual(['1 A1']);
    expect(deletedCodes(ids)).toEqual([['A2.1.1', 'A2.1.2'], ['A2.1'], ['A2']]);
    expect(target.orphaned).toEqual([]);
    expect(await status()).toMatchObject({ state: 'in-step', stuck: 0, items: 1 });
    expect(target.calls.at(-1)?.every(({ content }) => !content.active)).toBe(true);
  });

  it('its code is free for another entry, and its children go elsewhere first', async () => {
    await register();
    await publish(['1 A1 x', '2 A2 y', '3 A2.1 child']);
    await publish(['1 A2 x', '3 A2.1 child']);
    expect(records()).toEqual(['1 A2', '3 A2.1']);
    expect(target.records.get(recordOf(3))?.content.parent).toBe(recordOf(1));
  });

  it('an entry that comes back gets a new record of the next generation, every time', async () => {
    await register();
    await publish(whole);
    await publish(whole.slice(0, 1));
    await publish(whole);
    expect(records()).toEqual(['1 A1', '2:2 A2', '3:2 A2.1', '4:2 A2.1.1', '5:2 A2.1.2']);
    await publish(whole.slice(0, 1));
    await publish(whole.slice(0, 2));
    expect(records()).toEqual(['1 A1', '2:3 A2']);
    expect(await status()).toMatchObject({ state: 'in-step', items: 2 });
  });

  it('a record in use only ends, in words, and so does what it stands below; it goes when nothing uses it any more', async () => {
    await register();
    await publish(whole);
    target.uses.set(recordOf(4), 3);
    await publish(whole.slice(0, 1));
    expect(records()).toEqual([
      '1 A1',
      '2 A2 (cessata 2024-02-01) until 2024-01-31',
      '3 A2.1 (cessata 2024-02-01) until 2024-01-31',
      '4 A2.1.1 (cessata 2024-02-01) until 2024-01-31',
    ]);
    expect(await stuck()).toEqual([
      { code: 'A2', class: 'waits', reason: 'waits for A2.1' },
      { code: 'A2.1', class: 'waits', reason: 'waits for A2.1.1' },
      {
        code: 'A2.1.1',
        class: 'rejected',
        reason: 'in use 3 times, so the record has ended and is not deleted',
      },
    ]);
    const asked = target.deletions.length;
    await deliver();
    expect(target.deletions.length).toBe(asked);

    target.uses.clear();
    await tryAgain();
    await deliver();
    expect(records()).toEqual(['1 A1']);
    expect(await stuck()).toEqual([]);
    expect(await status()).toMatchObject({ state: 'in-step', stuck: 0 });
  });

  it('an entry that comes back while its record waits to be deleted gets that record again', async () => {
    await register();
    await publish(['1 A1 a', '2 A2 b']);
    target.uses.set(recordOf(2), 1);
    await publish(['1 A1 a']);
    await publish(['1 A1 a', '2 A2 b']);
    expect(records()).toEqual(['1 A1', '2 A2']);
    expect(await status()).toMatchObject({ state: 'in-step', stuck: 0, items: 2 });
  });

  it('an entry that comes back as something else gets a new record, and the one that waited stays ended', async () => {
    await register({ renumbered: 'succeed' });
    await publish(['1 A1 a', '2 A2 b']);
    target.uses.set(recordOf(2), 1);
    await publish(['1 A1 a']);
    await tryAgain();
    await publish(['1 A1 a', '2 A3 b']);
    expect(records()).toEqual(['1 A1', '2 A2 (cessata 2024-02-01) until 2024-01-31', '2:2 A3']);
    expect(await stuck()).toEqual([]);
    await publish(['1 A1 a']);
    expect(records()).toEqual(['1 A1', '2 A2 (cessata 2024-02-01) until 2024-01-31']);
  });

  it('what ended before the profile said so stays, and keeps what it stands below', async () => {
    await register({ retire: 'end-date' });
    await publish(whole);
    await publish(whole.slice(0, 3));
    await register();
    await publish(whole.slice(0, 1));
    expect(records()).toEqual([
      '1 A1',
      '2 A2 (cessata 2024-03-01) until 2024-02-29',
      '3 A2.1 (cessata 2024-03-01) until 2024-02-29',
      '4 A2.1.1 (cessata 2024-02-01) until 2024-01-31',
      '5 A2.1.2 (cessata 2024-02-01) until 2024-01-31',
    ]);
    expect(await stuck()).toMatchObject([
      { code: 'A2', reason: expect.stringContaining('waits for A2.1') },
      { code: 'A2.1', reason: 'waits for A2.1.1 (cessata 2024-02-01)' },
    ]);
    expect(target.orphaned).toEqual([]);
  });

  it('a profile that deletes no more leaves the records ended that wait', async () => {
    await register();
    await publish(['1 A1 a', '2 A2 b']);
    target.uses.set(recordOf(2), 1);
    await publish(['1 A1 a']);
    await register({ retire: 'end-date' });
    await tryAgain();
    await deliver();
    target.uses.clear();
    await deliver();
    expect(records()).toEqual(['1 A1', '2 A2 (cessata 2024-02-01) until 2024-01-31']);
    expect(await status()).toMatchObject({ state: 'in-step', stuck: 0 });
  });

  it('a deletion whose answer is lost is repeated, and one that fails is tried again', async () => {
    await register();
    await publish(['1 A1 a', '2 A2 b', '3 A3 c']);
    const left: ('lose-answers' | 'fail')[] = ['fail', 'lose-answers'];
    target.interfereWithDeletion = () => left.shift() ?? null;
    await takeIn(db, history.publish(mapOf(['1 A1 a']), '2024-02-01'));
    for (let turn = 0; turn < 4; turn++) {
      await run(db, sql`update system set retry_at = null`);
      await run(db, sql`update target set retry_at = null`);
      await deliver();
    }
    expect(target.deletions).toHaveLength(3);
    expect(records()).toEqual(['1 A1']);
    expect(await status()).toMatchObject({ state: 'in-step', stuck: 0 });
  });

  it('nothing is deleted below which a record may stand whose creation nobody answered for', async () => {
    await register();
    await publish(['1 A1 a', '2 A2 b']);
    const stop = new AbortController();
    target.interfere = () => (stop.abort(), 'lose-answers');
    await takeIn(db, history.publish(mapOf(['1 A1 a', '2 A2 b', '3 A2.1 c']), '2024-02-01'));
    await deliverAll(deliveryTo(db, { [scheme]: target }), stop.signal);
    target.interfere = () => null;
    target.refusedCodes.add('A3');
    await endPauses(db);
    await publish(['1 A1 a', '3 A3 c']);
    expect(target.deletions).toEqual([]);
    expect(await stuck()).toEqual([
      { code: 'A2', class: 'waits', reason: 'waits for A3' },
      { code: 'A3', class: 'rejected', reason: 'the code A3 is not allowed here' },
    ]);

    target.refusedCodes.clear();
    await tryAgain();
    await deliver();
    expect(records()).toEqual(['1 A1', '3 A3']);
    expect(target.orphaned).toEqual([]);
    expect(await status()).toMatchObject({ state: 'in-step', stuck: 0 });
  });

  it('a target that nobody can look into keeps what it has', async () => {
    target.capabilities = { ...target.capabilities, countsUses: false };
    await register();
    await publish(['1 A1 a', '2 A2 b']);
    await publish(['1 A1 a']);
    expect(target.deletions).toEqual([]);
    expect(await stuck()).toMatchObject([
      {
        class: 'rejected',
        reason: 'nobody could say whether something uses the record, so it is not deleted',
      },
    ]);
  });

  it('a whole map is taken back as it came', async () => {
    await register();
    const lines = Array.from({ length: 600 }, (_, i) =>
      i < 3 ? `${i + 1} A${i + 1} x` : `${i + 1} A${(i % 3) + 1}.${i} y`,
    );
    await publish(lines);
    await publish(['601 B1 b']);
    expect(records()).toEqual([`259 B1`]);
    expect(target.orphaned).toEqual([]);
  });
});
