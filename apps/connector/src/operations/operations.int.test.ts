import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codeSchema } from '#contracts';
import { isRefusal, run, sql } from '#platform';
import { readAudit } from '../audit/read-audit.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  registerOnOneSystem,
  takeIn,
} from '../testing/delivery-harness.ts';
import { conceptNumber, MapHistory, mapOf } from '../testing/map-history.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';
import { statusInEnglish } from '../testing/status-in-english.ts';
import { sumUpTargets } from '../metrics/summed-up.ts';
import { actOnMany, findMatching } from './act-on-many.ts';
import { act } from './act.ts';
import { targetConfiguration } from './schemas.ts';
import { readConfiguration } from './target-configuration.ts';
import { readMatrix } from './matrix.ts';
import { readSkips } from './skip-list.ts';
import { skip, unskip } from './skip.ts';
import { readTargetPage } from './target-status.ts';
import { summarise } from './target-summary.ts';

const scheme = 'map';
const operator = { id: 'olga', roles: ['operator'] as const };
let database: ConnectorDatabase;
let db: DataSource;
let history: MapHistory;
let targets: Record<string, SimulatedTarget>;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());
beforeEach(async () => {
  await emptyDatabase(db);
  history = new MapHistory(scheme);
  targets = Object.fromEntries(['t1', 't2', 't3'].map((id) => [id, new SimulatedTarget()]));
  await registerOnOneSystem(db, Object.keys(targets), scheme);
});

const publish = (...lines: string[]): Promise<void> => takeIn(db, history.publish(mapOf(lines)));
const deliver = (): Promise<void> => deliverAll(deliveryTo(db, targets));
const one = async (id = 't1') => (await statusInEnglish(db, id))[0];
const titles = (id = 't1') =>
  targets[id]
    ?.active()
    .map(({ content }) => `${content.code} ${content.title}`)
    .sort();

describe('the list of targets', () => {
  it('counts no record as an item that the target does not take as it should be now', async () => {
    await publish('1 A1 a', '2 A1.1 b');
    await deliver();
    targets['t1']?.refusedCodes.add('A1.1');
    await publish('1 A1 a', '2 A1.1 B');
    await deliver();
    expect(await one()).toMatchObject({ state: 'stuck', stuck: 1, items: 1, total: 2 });
    expect(await one('t2')).toMatchObject({ state: 'in-step', items: 2, total: 2 });
  });

  it('comes in pages, filtered, in a stable order', async () => {
    await publish('1 A1 a');
    await deliver();
    await act(db, 'pause', 't2');
    const first = await readTargetPage(db, {}, { limit: 2 });
    expect(first.targets.map(({ id }) => id)).toEqual(['t1', 't2']);
    expect(first.next).toBe('t2');
    const second = await readTargetPage(db, {}, { cursor: 't2', limit: 2 });
    expect(second).toMatchObject({ targets: [{ id: 't3' }], next: null });
    const paused = await readTargetPage(db, { state: 'paused' }, { limit: 2 });
    expect(paused).toMatchObject({ targets: [{ id: 't2', state: 'paused' }], next: null });
    const inStep = await readTargetPage(db, { state: 'in-step' }, { limit: 1 });
    expect(inStep).toMatchObject({ targets: [{ id: 't1' }], next: 't1' });
    for (const [filter, ids] of [
      [{ text: '3' }, ['t3']],
      [{ text: 'ENTE' }, ['t1', 't2', 't3']],
      [{ text: '%' }, []],
      [
        { driver: 'simulated', system: 'shared', profile: scheme, organisation: 'o', scheme },
        ['t1', 't2', 't3'],
      ],
      [{ driver: 'other' }, []],
      [{ organisation: 'nobody' }, []],
    ] as const) {
      const { targets: found } = await readTargetPage(db, filter, { limit: 10 });
      expect(found.map(({ id }) => id)).toEqual(ids);
    }
  });

  it('is counted by state and group', async () => {
    await publish('1 A1 a');
    await deliver();
    await act(db, 'pause', 't2');
    expect(await summarise(db, {}, 'system')).toEqual({
      total: 3,
      states: { paused: 1, 'in-step': 2 },
      groups: [{ id: 'shared', total: 3, states: { paused: 1, 'in-step': 2 } }],
    });
    expect(await summarise(db, { text: 't1' }, 'wave')).toMatchObject({ groups: [{ id: '1', total: 1 }] });
    expect(await summarise(db, { scheme: 'none' }, null)).toEqual({ total: 0, states: {}, groups: [] });
  });
});

it('an act is kept for the targets that it changes, and for no other', async () => {
  const acted = async () =>
    (await readAudit(db, { after: 0, limit: 1_000 })).items.flatMap(({ action, subject }) =>
      action === 'target-paused' ? [subject] : [],
    );
  const before = await acted();
  const [first, other] = [randomUUID(), randomUUID()];
  expect(await act(db, 'pause', 't2', 'a move', first)).toEqual({ changed: true });
  expect(await act(db, 'pause', 't2', 'another', other)).toEqual({ changed: false });
  expect(await actOnMany(db, operator, {}, 'pause', '')).toEqual({ targets: 3, changed: 2 });
  expect(await acted()).toEqual([...before, 'target/t1', 'target/t3']);
  expect(await one('t2')).toMatchObject({
    reason: 'paused by an operator: a move',
    pause: { reason: 'a move', by: first, since: expect.any(String) },
  });
  expect(await one('t1')).toMatchObject({ reason: 'paused by an operator', pause: { reason: null } });
  await act(db, 'resume', 't2');
  expect(await act(db, 'resume', 't2')).toEqual({ changed: false });
  expect(await one('t2')).toMatchObject({ pause: null });
});

it('the configuration of a target comes with who changed it, and with the place of its secret', async () => {
  await actOnMany(db, operator, { text: 't1' }, 'quarantine', 'a look');
  await actOnMany(db, operator, { text: 't1' }, 'release', '');
  const found = targetConfiguration.strict().parse(await readConfiguration(db, 't1'));
  expect(found).toMatchObject({ id: 't1', mode: 'on', settings: { name: 't1' }, organisation: { id: 'o' } });
  expect(found.history[0]).toMatchObject({ action: 'target-created' });
  expect(found.system.secret).toBe('env:TARGET_SECRET');
  expect(await readConfiguration(db, 'nobody')).toBeNull();
});

it('the figures of all targets add up to what their pages say', async () => {
  targets['t2']?.refusedCodes.add('A1.1');
  await publish('1 A1 a', '2 A1.1 b', '3 A1.1.1 c');
  await deliver();
  await act(db, 'pause', 't3');
  await publish('1 A1 new', '2 A1.1 b', '3 A1.1.1 c');
  const sums = await sumUpTargets(db);
  const pages = await statusInEnglish(db);
  for (const state of new Set(pages.map((target) => target.state))) {
    const found = pages.filter((target) => target.state === state);
    expect(sums.find((sum) => sum.state === state)).toMatchObject({
      driver: 'simulated',
      targets: found.length,
      stuck: found.reduce((sum, { stuck }) => sum + stuck, 0),
      lagChanges: Math.max(...found.map(({ lagChanges }) => lagChanges)),
    });
  }
  expect(sums.reduce((sum, each) => sum + each.targets, 0)).toBe(3);
  expect(sums.some(({ lagChanges }) => lagChanges > 0)).toBe(true);
});

describe('an operator', () => {
  it('puts a target in quarantine with a reason, and releases it', async () => {
    await act(db, 'quarantine', 't1', 'writes into the wrong tree');
    await publish('1 A1 a');
    await deliver();
    expect(await one()).toMatchObject({
      state: 'quarantined',
      reason: 'in quarantine: writes into the wrong tree',
      items: 0,
    });
    expect(await one('t2')).toMatchObject({ state: 'in-step' });
    await act(db, 'release', 't1');
    await deliver();
    expect(await one()).toMatchObject({ state: 'in-step', items: 1 });
    expect(isRefusal(await act(db, 'quarantine', 'nobody', 'x'))).toBe(true);
  });

  it('sends everything once more, and nothing is made twice', async () => {
    await publish('1 A1 a', '2 A1.1 b');
    await deliver();
    for (const record of targets['t1']?.records.values() ?? []) {
      record.content = { ...record.content, title: 'changed by hand' };
    }
    await act(db, 'resync', 't1');
    expect(await one()).toMatchObject({ state: 'behind' });
    await deliver();
    expect(await one()).toMatchObject({ state: 'in-step', items: 2, applied: 1 });
    expect(titles()).toEqual(['A1 a', 'A1.1 b']);
    expect(targets['t1']?.records.size).toBe(2);
  });

  it('skips a code that a target refuses, with what stands below, and takes it back', async () => {
    targets['t1']?.refusedCodes.add('A1.1');
    await publish('1 A1 a', '2 A1.1 b', '3 A1.1.1 c', '4 A2 d');
    await deliver();
    expect(await one()).toMatchObject({ state: 'stuck', stuck: 2 });
    expect(await skip(db, 't1', 'A1.1', 'not used here')).toEqual({ skipped: ['A1.1', 'A1.1.1'] });
    const first = await readSkips(db, 't1', { limit: 1 });
    const second = await readSkips(db, 't1', { limit: 1, cursor: first.next ?? '' });
    expect([...first.items, ...second.items, second.next]).toMatchObject([
      { code: 'A1.1', reason: 'not used here', becauseOf: null },
      { code: 'A1.1.1', reason: 'stands below A1.1: not used here', becauseOf: 'A1.1' },
      null,
    ]);
    await deliver();
    expect(await one()).toMatchObject({
      state: 'in-step-except',
      stuck: 0,
      skipped: 2,
      reason: 'an operator skipped 2',
    });
    await publish('1 A1 a', '2 A1.1 other', '3 A1.1.1 c', '4 A2 e');
    await deliver();
    expect(await one()).toMatchObject({ state: 'in-step-except', applied: 2 });
    expect(titles()).toEqual(['A1 a', 'A2 e']);
    targets['t1']?.refusedCodes.clear();
    expect(await unskip(db, 't1', 'A1.1')).toEqual({ unskipped: 2 });
    await deliver();
    expect(await one()).toMatchObject({ state: 'in-step', skipped: 0 });
    expect(titles()).toEqual(['A1 a', 'A1.1 other', 'A1.1.1 c', 'A2 e']);
  });

  it('tells what is skipped with another one, also where both had the same code', async () => {
    targets['t1']?.refusedCodes.add('A1.1');
    await publish('1 A1 a', '2 A1.1 b', '3 A1.1.1 c');
    await deliver();
    await skip(db, 't1', 'A1.1', 'not used here');
    await publish('1 A1 a', '2 A1.1.1 b');
    await deliver();
    expect((await readSkips(db, 't1', { limit: 5 })).items).toMatchObject([
      { code: 'A1.1.1', conceptId: conceptNumber(2), becauseOf: null },
      { code: 'A1.1.1', conceptId: conceptNumber(3), becauseOf: 'A1.1.1' },
    ]);
  });

  it('takes back what the list shows under a code, also where another that is skipped has that code by now', async () => {
    targets['t1']?.refusedCodes.add('A1.1').add('A1.2');
    await publish('1 A1 a', '2 A1.1 b', '3 A1.2 c');
    await deliver();
    for (const code of ['A1.1', 'A1.2']) await skip(db, 't1', code, 'not used here');
    await publish('1 A1 a', '2 A1.2 b', '3 A1.1 c');
    expect(await unskip(db, 't1', 'A1.1')).toEqual({ unskipped: 1 });
    const { items } = await readSkips(db, 't1', { limit: 5 });
    expect(items.map(({ code, conceptId }) => [code, conceptId])).toEqual([['A1.2', conceptNumber(3)]]);
  });

  it('skips a code that is there: its record stays as it is until it is taken back', async () => {
    await publish('1 A1 a', '2 A1.1 b');
    await deliver();
    expect(await skip(db, 't1', 'A1', 'renamed by hand')).toEqual({ skipped: ['A1'] });
    await publish('1 A1 new', '2 A1.1 c');
    await deliver();
    expect(titles()).toEqual(['A1 a', 'A1.1 c']);
    expect(await one()).toMatchObject({ state: 'in-step-except', skipped: 1, applied: 2 });
    await act(db, 'resync', 't1');
    await deliver();
    expect(titles()).toEqual(['A1 a', 'A1.1 c']);
    await unskip(db, 't1', 'A1');
    await deliver();
    expect(titles()).toEqual(['A1 new', 'A1.1 c']);
    expect(await one()).toMatchObject({ state: 'in-step' });
    await skip(db, 't1', 'A1', 'again');
    await unskip(db, 't1', 'A1');
    expect(await one()).toMatchObject({ state: 'behind' });
  });

  it('takes back a skip of what left the map, although another entry has its code', async () => {
    await publish('1 A1 a', '2 A2 b');
    await skip(db, 't1', 'A2', 'not here');
    await publish('1 A1 a');
    await publish('1 A1 a', '3 A2 other');
    await deliver();
    const [left] = (await readSkips(db, 't1', { limit: 10 })).items;
    expect(left).toMatchObject({ code: 'A2', conceptId: conceptNumber(2) });
    expect(await unskip(db, 't1', 'A2')).toEqual({ unskipped: 1 });
    await deliver();
    expect(titles()).toEqual(['A1 a', 'A2 other']);
    expect(await one()).toMatchObject({ state: 'in-step', skipped: 0 });
    expect(await unskip(db, 't1', 'A2')).toMatchObject({ code: 'not-skipped' });
  });

  it('is told what cannot be skipped', async () => {
    await publish('1 A1 a');
    expect(await skip(db, 'nobody', 'A1', 'x')).toMatchObject({ code: 'target-unknown', status: 404 });
    expect(await skip(db, 't1', 'A9', 'x')).toMatchObject({ code: 'code-unknown', status: 404 });
    expect(await unskip(db, 't1', 'A1')).toMatchObject({ code: 'not-skipped', status: 409 });
  });

  it('does the same to all targets that match, each with a line in the audit log', async () => {
    expect(await findMatching(db, { text: 't' })).toEqual(['t1', 't2', 't3']);
    await act(db, 'pause', 't3');
    expect(await findMatching(db, { state: 'behind' })).toEqual(['t1', 't2']);
    expect(await actOnMany(db, operator, { state: 'behind' }, 'quarantine', 'a bad day')).toEqual({
      targets: 2,
      changed: 2,
    });
    expect(await summarise(db, {}, null)).toMatchObject({ states: { quarantined: 2, paused: 1 } });
    expect(await actOnMany(db, operator, { state: 'in-step' }, 'pause', '')).toEqual({
      targets: 0,
      changed: 0,
    });
    const { items } = await readAudit(db, { after: 0, limit: 100, subject: 'target/t2' });
    expect(items.at(-1)).toMatchObject({ action: 'target-quarantined', details: { reason: 'a bad day' } });
  });
});

it('the matrix shows codes against targets, a page of each', async () => {
  targets['t2']?.refusedCodes.add('A1.1');
  await publish('1 A1 a', '2 A1.1 b', '3 A1.1.1 c', '4 A10 d');
  await deliver();
  await skip(db, 't3', 'A1', 'by hand');
  const all = { codes: 50, limit: 50 };
  expect(await readMatrix(db, scheme, all)).toEqual({
    targets: ['t1', 't2', 't3'],
    rows: [
      { code: 'A1', cells: ['in-step', 'in-step', 'skipped'] },
      { code: 'A1.1', cells: ['in-step', 'rejected', 'in-step'] },
      { code: 'A1.1.1', cells: ['in-step', 'waits', 'in-step'] },
      { code: 'A10', cells: ['in-step', 'in-step', 'in-step'] },
    ],
    nextCode: null,
    nextTarget: null,
  });
  const page = await readMatrix(db, scheme, { codes: 2, limit: 1, cursor: 't1', text: 't' });
  expect(page).toMatchObject({ targets: ['t2'], nextCode: 'A1.1', nextTarget: 't2' });
  expect(page?.rows.map(({ cells }) => cells)).toEqual([['in-step'], ['rejected']]);
  const below = await readMatrix(db, scheme, { ...all, branch: codeSchema.parse('A1') });
  expect(below?.rows.map(({ code }) => code)).toEqual(['A1', 'A1.1', 'A1.1.1']);
  expect(await readMatrix(db, scheme, { ...all, driver: 'other' })).toMatchObject({ targets: [] });
  expect(await readMatrix(db, 'nowhere', all)).toBeNull();
});

it('a branch of the matrix is what stands below a code, however codes are made', async () => {
  const flat = [...mapOf(['1 X01 a', '2 Y02 b', '3 Z03 c', '4 X04 d'])].map(([id, entry], i, all) => {
    const parentId = i === 1 || i === 2 ? (all[i - 1]?.[0] ?? null) : null;
    return [id, { ...entry, parentId }] as const;
  });
  await takeIn(db, history.publish(new Map(flat)));
  const rows = (await readMatrix(db, scheme, { codes: 50, limit: 50, branch: codeSchema.parse('X01') }))
    ?.rows;
  expect(rows?.map(({ code }) => code)).toEqual(['X01', 'Y02', 'Z03']);
});

it('ten thousand targets are summed up in a moment', async () => {
  await publish(...Array.from({ length: 449 }, (_, i) => `${i + 1} A${i + 1} t`));
  await run(
    db,
    sql`insert into target (id, organisation_id, system_id, profile_id, scheme, applied_revision, in_step)
        select 'many-' || n, 'o', 'shared', ${scheme}, ${scheme}, 1, true from generate_series(1, 10000) n`,
  );
  await run(db, sql`analyze`);
  const times: Record<string, number> = {};
  const timed = async (name: string, work: () => Promise<unknown>) => {
    const since = performance.now();
    await work();
    times[name] = Math.round(performance.now() - since);
  };
  for (const round of [1, 2, 3]) {
    await timed(`summary ${round}`, () => summarise(db, {}, 'organisation'));
    await timed(`page ${round}`, () => readTargetPage(db, {}, { limit: 500 }));
    await timed(`by state ${round}`, () => readTargetPage(db, { state: 'in-step' }, { limit: 100 }));
  }
  if (process.env['SHOW_TIMES']) console.log(times);
  expect(await summarise(db, {}, null)).toMatchObject({ total: 10_003 });
});
