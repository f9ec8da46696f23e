import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { run, sql } from '#platform';
import { failsAlone } from '../delivery/answers.ts';
import type { ChosenPolicies } from '../delivery/policies.ts';
import type { DeliveryContext } from '../delivery/work-system.ts';
import { act } from '../operations/act.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import { deliverAll, takeIn } from '../testing/delivery-harness.ts';
import { DriftScene, id, nothing } from '../testing/drift-scene.ts';
import { conceptNumber, mapOf, type MapHistory } from '../testing/map-history.ts';
import type { SimulatedRecord, SimulatedTarget } from '../testing/simulated-target.ts';
import { statusInEnglish } from '../testing/status-in-english.ts';
import { mostFindings } from './read-back.ts';
import type { DriftReport } from './schemas.ts';

let database: ConnectorDatabase;
let db: DataSource;
let scene: DriftScene;
let target: SimulatedTarget;
let delivery: DeliveryContext;
let history: MapHistory;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());
beforeEach(() => start());

async function start(policies: ChosenPolicies = {}): Promise<void> {
  scene = await DriftScene.begin(db, policies);
  ({ target, delivery, history } = scene);
}

const check = (): Promise<DriftReport> => scene.check();
const recordOf = (n: number): SimulatedRecord => scene.recordOf(n);
const contents = (): unknown =>
  [...target.records.values()]
    .map(({ key, content }) => [key, content.code, content.title, content.active].join(' '))
    .toSorted();

describe('with the policy repair', () => {
  it('a record that was deleted behind our back is made again, what stands below it returns, and then all is verified', async () => {
    const whole = contents();
    const gone = recordOf(2);
    target.records.delete(gone.id);
    recordOf(5).content = { ...recordOf(5).content, parent: null };
    expect(await check()).toMatchObject({ state: 'drifted', missing: 1, altered: 1 });
    await deliverAll(delivery);
    expect(contents()).toEqual(whole);
    expect(recordOf(5).content.parent).toBe(recordOf(2).id);
    expect(await check()).toMatchObject({ state: 'verified', ...nothing });
  });

  describe('where a record was deleted, and the target put at the top what stood below it', () => {
    beforeEach(() => {
      const above = recordOf(1).id;
      target.records.delete(above);
      for (const record of target.records.values())
        if (record.content.parent === above) record.content = { ...record.content, parent: null };
    });

    it('what is out of use returns below it too', async () => {
      expect(await check()).toMatchObject({ missing: 1, altered: 3 });
      await deliverAll(delivery);
      expect(recordOf(4).content.parent).toBe(recordOf(1).id);
      expect(await check()).toMatchObject({ state: 'verified', ...nothing });
    });

    it('what is out of use ends at the top while the target does not make that record, and is known to be there; what is in use waits', async () => {
      target.refusedCodes.add('A1');
      recordOf(4).content = { ...recordOf(4).content, active: true };
      await check();
      await deliverAll(delivery);
      expect(recordOf(4).content).toMatchObject({ active: false, parent: null });
      expect(await run(db, sql`select code, class from stuck order by code`)).toEqual([
        { code: 'A1', class: 'rejected' },
        { code: 'A1.1', class: 'waits' },
        { code: 'A1.2', class: 'waits' },
      ]);
      expect(
        await run(
          db,
          sql`select state, parent_id, hash is null as doubt from link where concept_id = ${conceptNumber(4)}`,
        ),
      ).toEqual([{ state: 'ended', parent_id: null, doubt: false }]);
    });
  });

  it('a leaf that was deleted is made again although nothing else has to be sent', async () => {
    target.records.delete(recordOf(5).id);
    await check();
    await deliverAll(delivery);
    expect(target.withKey(conceptNumber(5))).toHaveLength(1);
    expect(await check()).toMatchObject({ state: 'verified', ...nothing });
  });

  it('where records are succeeded it is the same', async () => {
    await start({ renumbered: 'succeed', reused: 'succeed', redefined: 'succeed' });
    const whole = contents();
    target.records.delete(recordOf(2).id);
    target.records.delete(recordOf(5).id);
    await check();
    await deliverAll(delivery);
    expect(contents()).toEqual(whole);
    expect(await check()).toMatchObject({ state: 'verified', ...nothing });
  });

  it('what was altered says again what the map says, also out of use; foreign records stay as they are', async () => {
    const whole = contents();
    target.hold('x1', 'X1', 'di altri');
    for (const n of [1, 3, 4]) recordOf(n).content = { ...recordOf(n).content, title: 'altro', active: true };
    await check();
    await deliverAll(delivery);
    const foreign = target.records.get('x1');
    expect(foreign).toMatchObject({ key: '', content: { code: 'X1', title: 'di altri' } });
    target.records.delete('x1');
    expect(contents()).toEqual(whole);
    expect(await check()).toMatchObject({ state: 'verified', ...nothing });
  });

  it('a record whose key somebody took away gets it again', async () => {
    const record = recordOf(3);
    record.key = '';
    const found = await check();
    expect(found.findings).toMatchObject([
      { kind: 'altered', fields: [{ field: 'key', ours: conceptNumber(3), theirs: null }] },
    ]);
    await deliverAll(delivery);
    expect(recordOf(3).id).toBe(record.id);
    expect(await check()).toMatchObject({ state: 'verified', ...nothing });
  });

  it('of two records with our key the one that we know stays, and the other one ends', async () => {
    const known = recordOf(3);
    const twin = { id: 'twin', key: known.key, content: { ...known.content, code: 'A1.2 copia' } };
    target.records.set('twin', twin);
    expect(await check()).toMatchObject({ state: 'drifted', extra: 1 });
    await deliverAll(delivery);
    expect(target.records.get('twin')?.content).toMatchObject({ active: false, title: 'c' });
    expect(recordOf(3)).toMatchObject({ id: known.id, content: { code: 'A1.2', active: true } });
    expect(await check()).toMatchObject({ state: 'verified', ...nothing });
  });

  it('a twin that the target does not let end costs nobody else anything', async () => {
    const known = recordOf(3);
    target.records.set('twin', {
      id: 'twin',
      key: known.key,
      content: { ...known.content, code: 'A1.2 copia' },
    });
    await check();
    const [code] = await run<{ day: string }>(
      db,
      sql`select effective_date as day from revision where number = 2`,
    );
    target.refusedCodes.add(`A1.2 (cessata ${code?.day} ${conceptNumber(3).slice(0, 8)}-2)`);
    await deliverAll(delivery);
    await takeIn(db, history.publish(mapOf(['1 A1 a', '2 A1.1 b', '3 A1.2 nuovo', '5 A1.1.1 e'])));
    await deliverAll(delivery);
    expect(recordOf(3).content.title).toBe('nuovo');
    expect(await run(db, sql`select class from stuck`)).toEqual([{ class: 'rejected' }]);
  });

  it('a record that was made anew under our key takes the place of the one that is gone', async () => {
    const old = recordOf(3);
    target.records.delete(old.id);
    target.records.set('new', { id: 'new', key: old.key, content: { ...old.content, title: 'rifatto' } });
    expect(await check()).toMatchObject({ missing: 1, extra: 0 });
    await deliverAll(delivery);
    expect(target.withKey(old.key)).toMatchObject([{ id: 'new', content: { title: 'c' } }]);
    expect(await check()).toMatchObject({ state: 'verified', ...nothing });
  });

  it('a record out of use that is gone is forgotten, not made again', async () => {
    target.records.delete(recordOf(4).id);
    expect(await check()).toMatchObject({ missing: 1 });
    await deliverAll(delivery);
    expect(target.withKey(conceptNumber(4))).toEqual([]);
    expect(await check()).toMatchObject({ state: 'verified', ...nothing });
  });
});

describe('where records are deleted', () => {
  beforeEach(() => start({ retire: 'delete' }));

  it('what was deleted is not missing', async () => {
    expect(target.withKey(conceptNumber(4))).toEqual([]);
    expect(await check()).toMatchObject({ state: 'verified', records: 4, ...nothing });
  });

  it('what somebody took back out of the bin is one record too many, and ends', async () => {
    const content = { ...recordOf(3).content, code: 'A1.3', title: 'd' };
    target.records.set('back', { id: 'back', key: conceptNumber(4), content });
    expect(await check()).toMatchObject({ state: 'drifted', extra: 1, missing: 0 });
    await deliverAll(delivery);
    expect(target.records.get('back')?.content).toMatchObject({ active: false });
    expect(await check()).toMatchObject({ state: 'verified', ...nothing });
  });

  it('a record that waits to be deleted, because something uses it, is verified as ended', async () => {
    target.uses.set(recordOf(5).id, 1);
    await takeIn(db, history.publish(mapOf(['1 A1 a', '2 A1.1 b', '3 A1.2 c'])));
    await deliverAll(delivery);
    expect(await check()).toMatchObject({ state: 'verified', records: 4, ...nothing });
    recordOf(5).content = { ...recordOf(5).content, active: true };
    expect(await check()).toMatchObject({ state: 'drifted', altered: 1 });
    await run(db, sql`delete from stuck`);
    await deliverAll(delivery);
    expect(recordOf(5).content.active).toBe(false);
  });
});

describe('what is stuck because of what a check finds', () => {
  it('goes on when a record is gone of which only the content was in doubt', async () => {
    await takeIn(db, history.publish(mapOf(['1 A1 a', '6 A2 f'])));
    await deliverAll(delivery);
    target.records.delete(recordOf(6).id);
    await act(db, 'resync', id);
    await takeIn(db, history.publish(mapOf(['6 A1 f', '1 A1.4 a'])));
    await deliverAll(delivery);
    expect(await statusInEnglish(db, id)).toMatchObject([{ state: 'stuck', stuck: 2 }]);
    expect(await check()).toMatchObject({ state: 'drifted', missing: 1 });
    await deliverAll(delivery);
    expect(recordOf(1).content).toMatchObject({ code: 'A1.4', parent: recordOf(6).id });
    expect(await statusInEnglish(db, id)).toMatchObject([{ state: 'in-step' }]);
  });

  it('goes on when records turn up whose codes it needs', async () => {
    await run(
      db,
      sql`with unknown as (delete from link where code in ('A1.1', 'A1.2') returning target_id, concept_id, code)
          insert into stuck (target_id, concept_id, class, code, title, reason, may_exist, next_attempt_at)
          select target_id, concept_id, 'waits', code, '', 'waits for another', true, now() from unknown`,
    );
    await takeIn(db, history.publish(mapOf(['1 A1 a', '3 A1.1 c', '2 A1.2 b'])));
    await deliverAll(delivery);
    expect(await statusInEnglish(db, id)).toMatchObject([{ state: 'stuck', stuck: 2 }]);
    expect(await check()).toMatchObject({ state: 'drifted', extra: 2 });
    await deliverAll(delivery);
    expect(await statusInEnglish(db, id)).toMatchObject([{ state: 'in-step' }]);
    expect(recordOf(2).content).toMatchObject({ code: 'A1.2', active: true });
    expect(recordOf(3).content).toMatchObject({ code: 'A1.1', active: true });
  });

  it('stays where the target fails on it alone: that has nothing to do with what was wrong', async () => {
    await run(
      db,
      sql`insert into stuck (target_id, concept_id, class, code, title, reason, next_attempt_at)
          select ${id}, concept_id, 'rejected', code, '', reason, now() + interval '1 day'
          from link join (values ('A1.1.1', 'the code is taken'), ('A1.2', ${failsAlone('the server answers 500')})) as r(code, reason) using (code)`,
    );
    target.records.delete(recordOf(5).id);
    target.records.delete(recordOf(3).id);
    expect(await check()).toMatchObject({ state: 'drifted', missing: 2 });
    expect(await run(db, sql`select code from stuck where next_attempt_at <= now()`)).toEqual([
      { code: 'A1.1.1' },
    ]);
  });
});

describe('what the target refused', () => {
  const whole = ['1 A1 a', '2 A1.1 b', '3 A1.2 c', '5 A1.1.1 e'];
  const refused = ['A2', 'A3', 'A4'];
  const sentCodes = async (): Promise<string[]> => {
    const before = target.calls.length;
    await check();
    await deliverAll(delivery);
    return target.calls.slice(before).flatMap((steps) => steps.map(({ content }) => content.code));
  };
  beforeEach(async () => {
    for (const code of refused) target.refusedCodes.add(code);
    const lines = refused.map((code, i) => `${20 + i} ${code} r`);
    await takeIn(db, history.publish(mapOf([...whole, ...lines])));
    await deliverAll(delivery);
    expect(await statusInEnglish(db, id)).toMatchObject([{ state: 'stuck', stuck: 3 }]);
  });
  /** The map gets one more, which is refused, too. */
  const refuseOneMore = async (line: string): Promise<void> => {
    const lines = refused.map((code, i) => `${20 + i} ${code} r`);
    await takeIn(db, history.publish(mapOf([...whole, ...lines, line])));
    await deliverAll(delivery);
    expect(await statusInEnglish(db, id)).toMatchObject([{ state: 'stuck', stuck: 4 }]);
  };

  it('is not asked again because of what is mended', async () => {
    recordOf(3).content = { ...recordOf(3).content, title: 'altro' };
    expect(await sentCodes()).toEqual(['A1.2']);
    target.records.delete(recordOf(2).id);
    expect(await sentCodes()).toEqual(['A1.1', 'A1.1.1']);
    const twin = { ...recordOf(3), id: 'twin', content: { ...recordOf(3).content, code: 'A1.2 copia' } };
    target.records.set('twin', twin);
    expect(await sentCodes()).toEqual([expect.stringContaining('A1.2 (cessata')]);
    expect(await run(db, sql`select class, attempts from stuck`)).toEqual(
      refused.map(() => ({ class: 'rejected', attempts: 1 })),
    );
  });

  it.each([
    ['altered in use', 3],
    ['altered out of use', 4],
  ])('under the code that one has that is %s is asked again, once that has its own', async (_, n) => {
    recordOf(n).content = { ...recordOf(n).content, code: 'A7' };
    await refuseOneMore('7 A7 g');
    expect(await sentCodes()).toEqual([expect.stringMatching(/^A1\.[23]/), 'A7']);
    expect(recordOf(7).content.code).toBe('A7');
  });

  it('is asked again only under the codes that are given up, where more is altered than is kept for people', async () => {
    await start({ driftLimit: 100 });
    const more = Array.from({ length: mostFindings + 1 }, (_, i) => `${100 + i} A5.${i + 1} m`);
    const lines = [...whole, '6 A5 f', ...more];
    await scene.publish(...lines);
    for (const record of target.records.values()) record.content = { ...record.content, title: 'altro' };
    const last = [...target.records.values()].at(-1);
    if (last) last.content = { ...last.content, code: 'A7' };
    for (const code of refused) target.refusedCodes.add(code);
    await scene.publish(...lines, ...refused.map((code, i) => `${20 + i} ${code} r`), '7 A7 g');
    expect(await statusInEnglish(db, id)).toMatchObject([{ state: 'stuck', stuck: 4 }]);
    const sent = await sentCodes();
    expect(sent.filter((code) => code === 'A7' || refused.includes(code))).toEqual(['A7']);
    expect(recordOf(7).content.code).toBe('A7');
  });

  it('under the code of a second record is asked again, once that has ended', async () => {
    const twin = { ...recordOf(3), id: 'twin', content: { ...recordOf(3).content, code: 'A7' } };
    target.records.set('twin', twin);
    await refuseOneMore('7 A7 g');
    expect((await sentCodes()).slice(0, 2)).toEqual([expect.stringContaining('cessata'), 'A7']);
  });

  it('below a record is asked again once that is mended', async () => {
    target.refusedCodes.add('A1.2.1');
    await refuseOneMore('7 A1.2.1 g');
    target.refusedCodes.delete('A1.2.1');
    recordOf(3).content = { ...recordOf(3).content, active: false };
    expect(await sentCodes()).toEqual(['A1.2', 'A1.2.1']);
  });

  it('because what belongs above it was put below it is asked again, once that is in its place', async () => {
    await scene.publish('1 A1 a', '2 A1.1 b', '5 A1.1.1 e');
    const [above, below] = [recordOf(1), recordOf(5)];
    below.content = { ...below.content, parent: null };
    above.content = { ...above.content, parent: below.id };
    target.refusedCodes.add('A1');
    await check();
    await deliverAll(delivery);
    expect(await run(db, sql`select code, reason from stuck order by code`)).toEqual([
      { code: 'A1', reason: 'the code A1 is not allowed here' },
      { code: 'A1.1.1', reason: 'a record cannot stand below itself' },
    ]);
    target.refusedCodes.delete('A1');
    await run(db, sql`update stuck set next_attempt_at = now() where code = 'A1'`);
    await deliverAll(delivery);
    expect(below.content.parent).toBe(recordOf(2).id);
    expect(await check()).toMatchObject({ state: 'verified', ...nothing });
  });

  it('because the record above it is gone is asked again, once that is there', async () => {
    target.records.delete(recordOf(3).id);
    await refuseOneMore('7 A1.2.1 g');
    expect(await sentCodes()).toEqual(['A1.2', 'A1.2.1']);
  });
});
