import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DataSource } from 'typeorm';
import { run, sql } from '#platform';
import { act, retry } from '../operations/act.ts';
import { readCode } from '../operations/code-across.ts';
import { readStuck } from '../operations/stuck-list.ts';
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
import { conceptNumber, MapHistory, mapOf, officialLikeMap } from '../testing/map-history.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';
import { statusInEnglish } from '../testing/status-in-english.ts';

let database: ConnectorDatabase;
let db: DataSource;
const scheme = 'map';
let history: MapHistory;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());
beforeEach(async () => {
  await emptyDatabase(db);
  history = new MapHistory(scheme);
});

const publish = (...lines: string[]): Promise<void> => takeIn(db, history.publish(mapOf(lines)));
const status = async (id: string) => (await statusInEnglish(db, id))[0];
const codesOf = (target: SimulatedTarget): string[] =>
  target
    .active()
    .map(({ content }) => content.code)
    .sort();

describe('delivery', () => {
  it('fills an empty target, parents first, and proves that it is in step', async () => {
    const target = new SimulatedTarget();
    await registerTargets(db, [scheme], scheme);
    expect(await status(scheme)).toMatchObject({
      state: 'behind',
      desired: 0,
      reason: expect.stringMatching(/^no revision of a map "map" has arrived/),
    });
    await takeIn(db, history.publish(mapOf(officialLikeMap())));
    expect(await status(scheme)).toMatchObject({ state: 'behind', lagChanges: 453, total: 449, items: 0 });
    await deliverAll(deliveryTo(db, { [scheme]: target }));
    expect(await status(scheme)).toMatchObject({
      state: 'in-step',
      applied: 1,
      items: 449,
      stuck: 0,
      lagSeconds: 0,
    });
    expect(target.active()).toHaveLength(449);
    expect(target.calls.length).toBeLessThanOrEqual(8);
    const untitled = target.active().find(({ content }) => content.code === 'B2.1.1');
    expect(untitled?.content.title).toBe('[titolo mancante nel documento]');
  });

  it('leaves 436 of 449 where missing titles are refused, and says why for each of the others', async () => {
    const target = new SimulatedTarget();
    await registerTargets(db, [scheme], scheme, 'refuse');
    await takeIn(db, history.publish(mapOf(officialLikeMap())));
    await deliverAll(deliveryTo(db, { [scheme]: target }));
    expect(target.active()).toHaveLength(436);
    expect(await status(scheme)).toMatchObject({
      state: 'stuck',
      applied: 1,
      items: 436,
      total: 449,
      stuck: 13,
    });
    const reasons = Map.groupBy((await readStuck(db, scheme, { limit: 500 })).items, ({ reason }) => reason);
    expect([...reasons].map(([reason, items]) => [reason, items.length])).toEqual([
      ['title missing in source', 7],
      ['waits for B2.1.1', 6],
    ]);
  });

  it('compares a target in full when the policy of its profile changes', async () => {
    const target = new SimulatedTarget();
    await registerTargets(db, [scheme], scheme, 'refuse');
    await publish('1 A1 Uno', '2 A2');
    const delivery = deliveryTo(db, { [scheme]: target });
    await deliverAll(delivery);
    expect(codesOf(target)).toEqual(['A1']);
    await registerTargets(db, [scheme], scheme, 'show');
    await deliverAll(delivery);
    expect(codesOf(target)).toEqual(['A1', 'A2']);
    expect(await status(scheme)).toMatchObject({ state: 'in-step', stuck: 0 });
    expect(target.calls).toHaveLength(2);
  });

  it('sends only what changed: a retitle, a chain of codes, a reuse, a retirement, a new entry', async () => {
    const target = new SimulatedTarget();
    await registerTargets(db, [scheme], scheme);
    await publish('1 A1 a', '2 A1.1 b', '3 A1.2 c', '4 A1.3 d', '5 A1.4 e', '6 A2 f');
    const delivery = deliveryTo(db, { [scheme]: target });
    await deliverAll(delivery);
    target.calls.length = 0;
    await publish('1 A1 a', '7 A1.1 new', '2 A1.2 b', '3 A1.3 C', '4 A1.4 d', '6 A2 f', '8 A1.5 other');
    await deliverAll(delivery);
    expect(codesOf(target)).toEqual(['A1', 'A1.1', 'A1.2', 'A1.3', 'A1.4', 'A1.5', 'A2']);
    expect(target.calls.map((steps) => steps.map(({ content }) => content.code).sort())).toEqual([
      ['A1.4 (cessata 2024-01-01)', 'A1.5'],
      ['A1.4'],
      ['A1.3'],
      ['A1.2'],
      ['A1.1'],
    ]);
    expect(await readCode(db, 'A1.4')).toMatchObject([
      { target: scheme, conceptId: conceptNumber(4), record: 'current' },
      {
        target: scheme,
        conceptId: conceptNumber(5),
        record: 'ended',
        recordCode: 'A1.4 (cessata 2024-01-01)',
      },
    ]);
    expect(await status(scheme)).toMatchObject({ state: 'in-step', items: 7 });
  });

  it('does nothing to a target where two entries only take parts of each other', async () => {
    const target = new SimulatedTarget();
    const policies = { renumbered: 'succeed', reused: 'succeed', redefined: 'succeed' } as const;
    await registerTargets(db, [scheme], scheme, 'show', policies);
    const map = mapOf(['1 A1 a', '2 A1.1 b', '3 A1.2 c']);
    await takeIn(db, history.publish(map));
    const delivery = deliveryTo(db, { [scheme]: target });
    await deliverAll(delivery);
    const records = structuredClone(target.active());
    target.calls.length = 0;
    const links = [{ predecessor: conceptNumber(2), successor: conceptNumber(3) }];
    const published = history.publish(map, '2025-01-01', links);
    expect(published.changes.map(({ kinds }) => kinds)).toEqual([['redefined'], ['redefined']]);
    await takeIn(db, published);
    await deliverAll(delivery);
    expect(await status(scheme)).toMatchObject({ state: 'in-step', applied: 2, lagSeconds: 0 });
    expect(target.calls).toEqual([]);
    expect(target.active()).toEqual(records);
    expect(
      await run(db, sql`select predecessor, successor from succession where scheme = ${scheme}`),
    ).toEqual(links);
  });

  it('moves over several revisions at once', async () => {
    const target = new SimulatedTarget();
    await registerTargets(db, [scheme], scheme);
    await publish('1 A1 a', '2 A1.1 b', '3 A1.2 c');
    const delivery = deliveryTo(db, { [scheme]: target });
    await deliverAll(delivery);
    await publish('1 A1 a', '2 A1.2 b', '3 A1.1 c', '4 A2 d', '5 A2.1 e');
    await publish('1 A1 a', '2 A1.2 b', '4 A2 d', '3 A2.1 c');
    await publish('1 A1 a', '2 A1.2 b', '4 A2 d', '5 A2.2 e', '3 A2.1 C');
    expect(await status(scheme)).toMatchObject({ state: 'behind', lagChanges: 8, applied: 1, desired: 4 });
    await deliverAll(delivery);
    expect(codesOf(target)).toEqual(['A1', 'A1.2', 'A2', 'A2.1', 'A2.2']);
    expect(await status(scheme)).toMatchObject({ state: 'in-step', applied: 4 });
  });

  it('puts an entry at the top when its parent loses its code', async () => {
    const target = new SimulatedTarget();
    await registerTargets(db, [scheme], scheme);
    await publish('1 A1 a', '2 A1.1 b');
    const delivery = deliveryTo(db, { [scheme]: target });
    await deliverAll(delivery);
    const next = mapOf(['1 - a', '2 A1.1 b']);
    const child = next.get(conceptNumber(2));
    if (child) next.set(child.conceptId, { ...child, parentId: conceptNumber(1) });
    await takeIn(db, history.publish(next));
    await deliverAll(delivery);
    expect(target.active().map(({ content }) => [content.code, content.parent])).toEqual([['A1.1', null]]);
    expect(await status(scheme)).toMatchObject({ state: 'in-step', items: 1 });
  });

  it('goes on with others while a target is away, which then catches up', async () => {
    const [away, other] = [new SimulatedTarget(), new SimulatedTarget()];
    const ids = [`${scheme}-a`, `${scheme}-b`] as const;
    await registerTargets(db, ids, scheme);
    const delivery = deliveryTo(db, { [ids[0]]: away, [ids[1]]: other }, { pausesMs: [60_000] });
    away.interfere = () => 'fail';
    await publish('1 A1 a', '2 A1.1 b');
    await deliverAll(delivery);
    expect(codesOf(other)).toEqual(['A1', 'A1.1']);
    expect(await status(ids[0])).toMatchObject({
      state: 'unreachable',
      reason: 'the server answers 503',
      applied: 0,
    });
    expect(await status(ids[1])).toMatchObject({ state: 'in-step' });
    expect(away.calls).toHaveLength(1);
    away.interfere = () => null;
    await deliverAll(delivery);
    expect(away.calls).toHaveLength(1);
    await endPauses(db);
    await deliverAll(delivery);
    expect(codesOf(away)).toEqual(['A1', 'A1.1']);
    expect(await status(ids[0])).toMatchObject({ state: 'in-step', reason: null });
  });

  it('waits as long as a target asks for, and is not called unreachable', async () => {
    const target = new SimulatedTarget();
    await registerTargets(db, [scheme], scheme);
    await publish('1 A1 a');
    const delivery = deliveryTo(db, { [scheme]: target });
    target.interfere = () => 'slow-down';
    await deliverAll(delivery);
    expect(await status(scheme)).toMatchObject({
      state: 'behind',
      reason: 'asked to slow down: too many requests',
    });
    const [system] = await run<{ failures: number; waits: boolean }>(
      db,
      sql`select failures, retry_at > now() - interval '1 minute' as waits from system where id = ${scheme}`,
    );
    expect(system).toEqual({ failures: 0, waits: true });
    target.interfere = () => null;
    await endPauses(db);
    await deliverAll(delivery);
    expect(await status(scheme)).toMatchObject({ state: 'in-step' });
  });

  it('makes no second record when an answer is lost', async () => {
    const target = new SimulatedTarget();
    target.capabilities = { ...target.capabilities, batchSize: 2 };
    await registerTargets(db, [scheme], scheme);
    await publish('1 A1 a', '2 A1.1 b', '3 A1.2 c', '4 A2 d', '5 A3 e');
    target.interfere = (_, call) => (call % 2 === 1 && call < 12 ? 'lose-answers' : null);
    const delivery = deliveryTo(db, { [scheme]: target }, { pausesMs: [1] });
    const inStep = async (): Promise<boolean> => {
      await endPauses(db);
      await deliverAll(delivery);
      return (await status(scheme))?.state === 'in-step';
    };
    for (let turn = 0; turn < 20 && !(await inStep()); turn++);
    expect(await status(scheme)).toMatchObject({ state: 'in-step' });
    expect(target.records.size).toBe(5);
  });

  it('takes a code after the stuck entry that may have it in a record of which nobody knows', async () => {
    const target = new SimulatedTarget();
    const refused: string[] = [];
    target.write = async (...asked) => {
      const answers = await SimulatedTarget.prototype.write.apply(target, asked);
      for (const answer of answers) if (answer.is === 'rejected') refused.push(answer.reason);
      return answers;
    };
    await registerTargets(db, [scheme], scheme);
    await publish('1 A2 a');
    await deliverAll(deliveryTo(db, { [scheme]: target }));
    await run(
      db,
      sql`with unknown as (delete from link returning target_id, concept_id)
          insert into stuck (target_id, concept_id, class, code, title, reason, may_exist, next_attempt_at)
          select target_id, concept_id, 'waits', 'A2', 'a', 'waits for another', true, now() from unknown`,
    );
    await publish('2 A1 b', '1 A1.1 a', '3 A2 c');
    await deliverAll(deliveryTo(db, { [scheme]: target }));
    expect(refused).toEqual([]);
    expect(codesOf(target)).toEqual(['A1', 'A1.1', 'A2']);
    expect(await status(scheme)).toMatchObject({ state: 'in-step' });
  });

  it('asks again at once what was refused its code, when the record that had it unseen gives it up', async () => {
    const target = new SimulatedTarget();
    await registerTargets(db, [scheme], scheme);
    await publish('1 A1 a');
    const delivery = deliveryTo(db, { [scheme]: target });
    await deliverAll(delivery);
    await run(
      db,
      sql`with unknown as (delete from link returning target_id, concept_id)
          insert into stuck (target_id, concept_id, class, code, title, reason, may_exist, next_attempt_at)
          select target_id, concept_id, 'waits', 'A1', 'a', 'waits for another', true, now() from unknown`,
    );
    target.refusedCodes.add('A2').add('A3');
    await publish('1 A2 a', '2 A1 b', '3 A3 c');
    await deliverAll(delivery);
    const { items } = await readStuck(db, scheme, { limit: 500 });
    expect(items.map(({ reason }) => reason)).toEqual([
      'the code A1 is taken',
      'the code A2 is not allowed here',
      'the code A3 is not allowed here',
    ]);
    target.refusedCodes.delete('A2');
    await retry(db, scheme, ['A2']);
    await deliverAll(delivery);
    expect(codesOf(target)).toEqual(['A1', 'A2']);
    target.calls.length = 0;
    await publish('1 A4 a', '2 A1 b', '3 A3 c');
    await deliverAll(delivery);
    expect(target.calls.flat().map(({ content }) => content.code)).toEqual(['A4']);
  });

  it('makes a record anew that somebody removed, and puts its children below it', async () => {
    const target = new SimulatedTarget();
    await registerTargets(db, [scheme], scheme);
    await publish('1 A1 a', '2 A1.1 b', '3 A1.1.1 c');
    const delivery = deliveryTo(db, { [scheme]: target });
    await deliverAll(delivery);
    for (const { id, content } of target.records.values())
      if (content.code === 'A1.1') target.records.delete(id);
    await publish('1 A1 a', '2 A1.1 B', '3 A1.1.1 c');
    await deliverAll(delivery);
    const anew = target.withKey(conceptNumber(2))[0];
    expect(anew?.content).toMatchObject({ title: 'B', code: 'A1.1' });
    expect(target.withKey(conceptNumber(3))[0]?.content.parent).toBe(anew?.id);
    expect(await status(scheme)).toMatchObject({ state: 'in-step', items: 3 });
  });

  it('keeps what the target refuses, with its words, and tries again when the content changes or somebody asks', async () => {
    const target = new SimulatedTarget();
    target.refusedCodes.add('A1.1');
    await registerTargets(db, [scheme], scheme);
    await publish('1 A1 a', '2 A1.1 b', '3 A1.1.1 c', '4 A2 d');
    const delivery = deliveryTo(db, { [scheme]: target });
    await deliverAll(delivery);
    expect(codesOf(target)).toEqual(['A1', 'A2']);
    expect(await status(scheme)).toMatchObject({ state: 'stuck', stuck: 2, applied: 1, lagChanges: 0 });
    expect((await readStuck(db, scheme, { limit: 500 })).items).toMatchObject([
      {
        code: 'A1.1',
        title: 'b',
        class: 'rejected',
        reason: 'the code A1.1 is not allowed here',
        attempts: 1,
      },
      { code: 'A1.1.1', title: 'c', class: 'waits', reason: 'waits for A1.1', attempts: 0 },
    ]);
    expect(await readCode(db, 'A1.1')).toMatchObject([
      { target: scheme, record: 'none', stuck: { class: 'rejected' } },
    ]);
    await publish('1 A1 a', '2 A1.1 b', '3 A1.1.1 c', '4 A2 D');
    target.calls.length = 0;
    await deliverAll(delivery);
    expect(target.calls.flat().map(({ content }) => content.code)).toEqual(['A2']);
    await publish('1 A1 a', '2 A1.1 B', '3 A1.1.1 c', '4 A2 D');
    await deliverAll(delivery);
    expect((await readStuck(db, scheme, { limit: 500 })).items).toMatchObject([
      { code: 'A1.1', title: 'B', attempts: 2 },
      { code: 'A1.1.1' },
    ]);
    target.refusedCodes.clear();
    expect(await retry(db, scheme, ['A1.1'])).toEqual({ retried: 1, isAskedNow: false });
    await deliverAll(delivery);
    expect(codesOf(target)).toEqual(['A1', 'A1.1', 'A1.1.1', 'A2']);
    expect(await status(scheme)).toMatchObject({ state: 'in-step', stuck: 0 });
  });

  it('sends nothing to a paused target, and goes on when it is resumed', async () => {
    const target = new SimulatedTarget();
    await registerTargets(db, [scheme], scheme);
    await publish('1 A1 a', '2 A1.1 b');
    const delivery = deliveryTo(db, { [scheme]: target });
    await act(db, 'pause', scheme);
    await deliverAll(delivery);
    expect(target.calls).toHaveLength(0);
    expect(await status(scheme)).toMatchObject({ state: 'paused' });
    await act(db, 'resume', scheme);
    target.interfere = (_, call) => {
      if (call === 1) void act(db, 'pause', scheme);
      return null;
    };
    await deliverAll(delivery);
    await act(db, 'resume', scheme);
    await deliverAll(delivery);
    expect(await status(scheme)).toMatchObject({ state: 'in-step' });
  });

  it('compares all when the revision is not wanted any more of which the target has a part', async () => {
    const target = new SimulatedTarget();
    target.capabilities.batchSize = 1;
    await registerTargets(db, [scheme], scheme);
    await publish('1 A1 a', '2 A2 b');
    const delivery = deliveryTo(db, { [scheme]: target });
    await deliverAll(delivery);
    target.interfere = (_, call) => (call === 4 ? 'slow-down' : null);
    await publish('1 A1 A', '2 A2 B');
    await deliverAll(delivery);
    const titles = () => target.active().map(({ content }) => content.title);
    expect(titles().filter((title) => title === title.toUpperCase())).toHaveLength(1);
    await pin(db, scheme, 1);
    expect(await status(scheme)).toMatchObject({ state: 'behind', applied: 1, desired: 1 });
    await endPauses(db);
    await deliverAll(delivery);
    expect(titles().sort()).toEqual(['a', 'b']);
    expect(await status(scheme)).toMatchObject({ state: 'in-step', reason: null });
  });

  it('does not believe its own ledger when it does not add up', async () => {
    const target = new SimulatedTarget();
    await registerTargets(db, [scheme], scheme);
    await publish('1 A1 a', '2 A2 b');
    const delivery = deliveryTo(db, { [scheme]: target });
    await deliverAll(delivery);
    await run(db, sql`delete from link where target_id = ${scheme} and code = 'A2'`);
    target.records.delete('r2');
    await publish('1 A1 A', '2 A2 b');
    await deliverAll(delivery);
    expect(codesOf(target)).toEqual(['A1', 'A2']);
    expect(await status(scheme)).toMatchObject({ state: 'in-step', items: 2 });
  });
});
