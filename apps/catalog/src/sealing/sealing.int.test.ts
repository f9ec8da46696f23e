import type { Edit } from '#contracts';
import { isRefusal, run, sql } from '#platform';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { findDraft } from '../drafts/find-draft.ts';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { openedWith } from '../testing/opened-with.ts';
import { acknowledge } from '../review/acknowledge.ts';
import { listWarnings } from '../review/list-warnings.ts';
import { approver, editor } from '../testing/people.ts';
import { approveDraft } from '../testing/publish-draft.ts';
import { firstInstantOf } from '../testing/rome-instants.ts';
import { publishSeed } from '../testing/seed.ts';
import { exposeConflictDays } from './conflict-days.ts';
import { publishOrSeal, withdraw } from './publish-or-seal.ts';
import { readReleased, readSealedChanges, readSealedViews } from './read-sealed.ts';
import { sealingTurn } from './sealing-loop.ts';

let catalog: CatalogDatabase;
beforeEach(async () => {
  catalog = await catalogDatabase();
  await publishSeed(catalog.db);
});
afterEach(() => catalog.close());

const scheme = 'processi-camerali';
const now = new Date('2026-11-25T10:00:00Z');
const retitle = (entry: string, official: string): Edit => ({
  op: 'change',
  entry,
  titles: { it: { official } },
});
const approved = async (...edits: Edit[]): Promise<string> => {
  const draftId = await openedWith(catalog.db, edits);
  await approveDraft(catalog.db, draftId);
  return draftId;
};
const publishOn = (draftId: string, effectiveDate?: string, at = now) =>
  publishOrSeal(catalog.db, { draftId, by: approver, effectiveDate, now: at });
const turnAt = (at: Date) => sealingTurn({ db: catalog.db, clock: () => at, logger: { info: () => {} } });
const stateOf = async (draftId: string) => {
  const draft = await findDraft(catalog.db.manager, draftId);
  return isRefusal(draft) ? draft.code : draft.state;
};
const log = () =>
  run<{ kind: string; revision: number | null; head: Record<string, unknown> }>(
    catalog.db,
    sql`select kind, revision, head::jsonb as head from change_log where position > 454 and kind <> 'change' order by position`,
  );
const revisions = () =>
  run<{ number: number; day: string }>(
    catalog.db,
    sql`select number, in_force_from as day from revision where number > 1 order by number`,
  );

test('an approved draft is sealed for its day: listed, readable, announced, and in force by itself from that day', async () => {
  const draftId = await approved(retitle('A1', 'Dal nuovo anno'));
  const sealed = await publishOn(draftId, '2027-01-01');
  expect(sealed).toMatchObject({ set: draftId, effectiveDate: '2027-01-01', changes: 1 });
  expect(await readSealedViews(catalog.db, scheme)).toMatchObject([{ set: draftId, changes: 1 }]);
  const page = { after: 0, limit: 10 };
  expect(await readSealedChanges(catalog.db, scheme, draftId, page)).toMatchObject({
    items: [{ kinds: ['retitled'], after: { code: 'A1' } }],
  });
  await turnAt(new Date(firstInstantOf('2027-01-01').getTime() - 1));
  expect(await stateOf(draftId)).toBe('sealed');
  await turnAt(firstInstantOf('2027-01-01'));
  expect(await stateOf(draftId)).toBe('published');
  expect(await revisions()).toEqual([{ number: 2, day: '2027-01-01' }]);
  const rows = await log();
  expect(rows.map(({ kind, revision }) => [kind, revision])).toEqual([
    ['sealed', null],
    ['in-force', 2],
  ]);
  expect(rows[1]?.head['contentHash']).toBe(rows[0]?.head['contentHash']);
});

test('whoever starts late brings each set into force from its own day, before anything else is published', async () => {
  const [first, second] = [await approved(retitle('A1', 'Uno')), await approved(retitle('A2', 'Due'))];
  await publishOn(second, '2027-02-01');
  await publishOn(first, '2027-01-01');
  const late = new Date('2027-03-05T08:00:00Z');
  const erratum = await approved(retitle('B1', 'Tre'));
  expect(await publishOn(erratum, undefined, late)).toMatchObject({ code: 'draft-outdated', status: 409 });
  expect(await revisions()).toEqual([
    { number: 2, day: '2027-01-01' },
    { number: 3, day: '2027-02-01' },
  ]);
});

test('an erratum goes on what is in force at once; a set that it does not touch is sealed on it, with its approval', async () => {
  const draftId = await approved(retitle('A1', 'Dal nuovo anno'));
  await publishOn(draftId, '2027-01-01');
  expect(await publishOn(await approved(retitle('B1', 'Erratum')))).toHaveProperty('revision');
  await turnAt(now);
  expect((await log()).map(({ kind }) => kind)).toEqual(['sealed', 'in-force', 'resealed']);
  expect(
    await run(
      catalog.db,
      sql`select action from audit where subject = ${`draft/${draftId}`} order by position desc limit 1`,
    ),
  ).toEqual([{ action: 'approval-carried-over' }]);
  await turnAt(firstInstantOf('2027-01-01'));
  expect(await revisions()).toHaveLength(2);
});

test('a set whose field an erratum changed otherwise goes back to a person, and the days to its date are counted', async () => {
  const draftId = await approved(retitle('A1', 'Dal nuovo anno'));
  await publishOn(draftId, '2027-01-01');
  await publishOn(await approved(retitle('A1', 'Erratum')));
  await turnAt(now);
  expect(await stateOf(draftId)).toBe('open');
  expect((await log()).at(-1)).toMatchObject({ kind: 'withdrawn', head: { reason: 'conflict' } });
  expect(await readReleased(catalog.db, scheme)).toMatchObject([
    { set: draftId, effectiveDate: '2027-01-01', reason: 'conflict', state: 'open' },
  ]);
  expect(await run(catalog.db, sql`select field, mine -> 'official' as mine from draft_conflict`)).toEqual([
    { field: 'titles.it', mine: 'Dal nuovo anno' },
  ]);
  const registry = new Registry();
  exposeConflictDays(catalog.db, registry, () => now);
  expect(await registry.metrics()).toContain(`draft="${draftId}"} 37`);
  await turnAt(firstInstantOf('2027-01-01'));
  expect(await revisions()).toHaveLength(1);
});

test('a set sealed for an earlier day goes below those sealed before; withdrawing it brings them back onto what is left', async () => {
  const later = await approved(retitle('A1', 'Uno'));
  await publishOn(later, '2027-02-01');
  const alone = await readSealedViews(catalog.db, scheme);
  const earlier = await approved(retitle('A2', 'Due'));
  await publishOn(earlier, '2027-01-01');
  const both = await readSealedViews(catalog.db, scheme);
  expect(both.map(({ set }) => set)).toEqual([earlier, later]);
  expect(both[1]?.baseHash).toBe(both[0]?.contentHash);
  await withdraw(catalog.db, earlier, approver, { reason: 'Rinviata', now });
  expect(await readSealedViews(catalog.db, scheme)).toEqual(alone);
  expect(await readReleased(catalog.db, scheme)).toMatchObject([
    { set: earlier, effectiveDate: '2027-01-01', reason: 'withdrawn', state: 'withdrawn' },
  ]);
  expect((await log()).map(({ kind }) => kind)).toEqual([
    'sealed',
    'sealed',
    'resealed',
    'withdrawn',
    'resealed',
  ]);
  expect(await withdraw(catalog.db, earlier, approver, { now })).toMatchObject({ code: 'draft-state' });
});

test('a set that cannot stand on what is sealed before it is not sealed, and hears what both change', async () => {
  const [first, second] = [await approved(retitle('A1', 'Uno')), await approved(retitle('A1', 'Due'))];
  await publishOn(first, '2027-01-01');
  expect(await publishOn(second, '2027-01-01')).toMatchObject({
    code: 'draft-conflicts',
    status: 409,
    problems: [{ rule: 'conflict', code: 'A1' }],
  });
  expect(await stateOf(second)).toBe('approved');
});

const twice = 'Titolo di due voci';
const refusedNames = (answer: unknown) =>
  z
    .object({
      code: z.literal('warnings-not-acknowledged'),
      extensions: z.object({ names: z.string().array() }),
    })
    .parse(answer).extensions.names;
const actionsOn = async (draftId: string) =>
  (
    await run<{ action: string }>(
      catalog.db,
      sql`select action from audit where subject = ${`draft/${draftId}`} order by position`,
    )
  ).map(({ action }) => action);

test('warnings that a draft has only since its approval are acknowledged by name before it is sealed', async () => {
  const draftId = await approved(retitle('A1', twice));
  await publishOn(await approved(retitle('A2', twice)));
  const names = refusedNames(await publishOn(draftId, '2027-01-01'));
  expect(names).toEqual([expect.stringContaining('title-duplicate')]);
  expect(await stateOf(draftId)).toBe('approved');
  expect(await actionsOn(draftId)).toContain('warnings-found');
  await acknowledge(catalog.db, draftId, names, editor);
  expect(await publishOn(draftId, '2027-01-01')).toMatchObject({ set: draftId });
  await turnAt(firstInstantOf('2027-01-01'));
  expect(await stateOf(draftId)).toBe('published');
});

test('a warning that two sets have only together is found when the second is sealed, and can be acknowledged then', async () => {
  const [first, second] = [await approved(retitle('A2', twice)), await approved(retitle('A1', twice))];
  await publishOn(first, '2027-01-01');
  expect(await listWarnings(catalog.db, second)).toEqual([]);
  const names = refusedNames(await publishOn(second, '2027-02-01'));
  expect(await listWarnings(catalog.db, second)).toMatchObject([{ name: names[0], acknowledged: null }]);
  expect(await acknowledge(catalog.db, second, names, editor)).toMatchObject([{ finding: names[0] }]);
  expect(await publishOn(second, '2027-02-01')).toMatchObject({ set: second });
});

test('a sealed set that an erratum gives a warning goes back to a person instead of coming into force with it', async () => {
  const draftId = await approved(retitle('A1', twice));
  await publishOn(draftId, '2027-01-01');
  await publishOn(await approved(retitle('A2', twice)));
  await turnAt(firstInstantOf('2027-01-01'));
  expect(await stateOf(draftId)).toBe('open');
  expect(await findDraft(catalog.db.manager, draftId)).toMatchObject({
    returnedFindings: [{ rule: 'title-duplicate', severity: 'warning' }],
  });
  expect((await actionsOn(draftId)).at(-1)).toBe('set-returned');
  expect(await revisions()).toHaveLength(1);
});
