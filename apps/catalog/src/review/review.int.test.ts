import type { Edit } from '#contracts';
import { isRefusal, run, sql } from '#platform';
import { codeFrom, conceptIdFrom } from '#taxonomy';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAudit } from '../audit/verify-audit.ts';
import { SchemeRow } from '../database/entities/scheme.entity.ts';
import { editDraft } from '../drafts/edit-draft.ts';
import { findDraft } from '../drafts/find-draft.ts';
import { publish } from '../publication/publish.ts';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { openedWith } from '../testing/opened-with.ts';
import { approver, editor, secondApprover } from '../testing/people.ts';
import { approveDraft } from '../testing/publish-draft.ts';
import { publishSeed, seedFolder } from '../testing/seed.ts';
import { acknowledge } from './acknowledge.ts';
import { acknowledgeAll } from './acknowledge-all.ts';
import { changeSettings } from '../schemes/change-settings.ts';
import { approve } from './approve.ts';
import { listWarnings } from './list-warnings.ts';
import { setState } from './set-state.ts';
import { submit } from './submit.ts';
import { publishOrSeal } from '../sealing/publish-or-seal.ts';

let catalog: CatalogDatabase;
beforeAll(async () => {
  catalog = await catalogDatabase();
  await publishSeed(catalog.db);
});
afterAll(() => catalog.close());

const retitle = (official: string): Edit => ({ op: 'change', entry: 'A1', titles: { it: { official } } });
const publishNow = (draftId: string) =>
  publish(catalog.db, { draftId, by: approver, effectiveDate: '2026-11-23', today: '2026-11-23' });
const actionsOn = (draftId: string) =>
  run<{ action: string; actor: string }>(
    catalog.db,
    sql`select action, actor from audit where subject = ${`draft/${draftId}`} order by position`,
  );

test('the first revision went through review by the named actor bootstrap, its warnings acknowledged', async () => {
  const rows = await run<{ action: string }>(
    catalog.db,
    sql`select a.action from audit a join person p on p.id = a.actor where p.subject = 'bootstrap' order by position`,
  );
  expect(rows.map(({ action }) => action)).toEqual([
    'draft-opened',
    'warnings-acknowledged',
    'draft-submitted',
    'draft-approved',
    'revision-published',
  ]);
});

test('only an approved draft is published, and its editor cannot approve it', async () => {
  const draftId = await openedWith(catalog.db, [retitle('Uno')]);
  expect(await publishNow(draftId)).toMatchObject({ code: 'draft-state', status: 409 });
  expect(await approve(catalog.db, { draftId, by: approver })).toMatchObject({ code: 'draft-state' });
  expect(await submit(catalog.db, draftId, editor)).toMatchObject({ state: 'submitted' });
  expect(await approve(catalog.db, { draftId, by: editor })).toMatchObject({ code: 'four-eyes' });
  expect(await approve(catalog.db, { draftId, by: approver })).toMatchObject({ state: 'approved' });
  expect(isRefusal(await publishNow(draftId))).toBe(false);
  expect((await actionsOn(draftId)).map(({ action }) => action)).toEqual([
    'draft-opened',
    'draft-edited',
    'draft-submitted',
    'draft-approved',
  ]);
});

test('an edit makes the approval stale, and an approver who edits cannot approve any more', async () => {
  const draftId = await openedWith(catalog.db, [retitle('Due')]);
  await approveDraft(catalog.db, draftId);
  expect(await editDraft(catalog.db, draftId, [retitle('Tre')], approver)).toMatchObject({ state: 'open' });
  expect(await publishNow(draftId)).toMatchObject({ code: 'draft-state' });
  await submit(catalog.db, draftId, editor);
  expect(await approve(catalog.db, { draftId, by: approver })).toMatchObject({ code: 'four-eyes' });
  expect(await approve(catalog.db, { draftId, by: secondApprover })).toMatchObject({ state: 'approved' });
});

test('whoever looked at a submission cannot approve one with other successors, decisions or edition', async () => {
  const retire = (successors: string[]): Edit[] => [{ op: 'retire', entry: 'A3.1.1.5', successors }];
  const draftId = await openedWith(catalog.db, retire(['A3.1.1.4']));
  const submitAgain = async () => {
    await acknowledgeAll(catalog.db, draftId, editor);
    const draft = await submit(catalog.db, draftId, editor);
    if (isRefusal(draft)) throw new Error(JSON.stringify(draft));
    return { content: draft.submittedHash, submissionHash: draft.submissionHash?.toString('hex') };
  };
  const seen = await submitAgain();
  await editDraft(catalog.db, draftId, retire([]), editor);
  const now = await submitAgain();
  expect(now.content).toEqual(seen.content);
  const { submissionHash } = seen;
  expect(await approve(catalog.db, { draftId, by: approver, submissionHash })).toMatchObject({
    code: 'approval-stale',
  });
  const right = { draftId, by: approver, submissionHash: now.submissionHash };
  expect(await approve(catalog.db, right)).toMatchObject({ state: 'approved' });
});

test('the label of an edition that is taken is refused when the draft is submitted', async () => {
  const { edition } = await seedFolder();
  const other = { ...edition, titles: { it: 'Un altro titolo' } };
  const draftId = await openedWith(catalog.db, [retitle('Otto')], { edition: other });
  await acknowledgeAll(catalog.db, draftId, editor);
  expect(await submit(catalog.db, draftId, editor)).toMatchObject({ code: 'edition-exists', status: 409 });
});

test('how many must approve is what the scheme wanted when the draft was submitted', async () => {
  await catalog.db.manager.update(SchemeRow, { id: 'processi-camerali' }, { approvals: 2 });
  const draftId = await openedWith(catalog.db, [retitle('Nove')]);
  await submit(catalog.db, draftId, editor);
  await catalog.db.manager.update(SchemeRow, { id: 'processi-camerali' }, { approvals: 1 });
  expect(await approve(catalog.db, { draftId, by: approver })).toMatchObject({ state: 'submitted' });
});

test('a second approver who is asked for while a draft waits is waited for', async () => {
  const scheme = 'processi-camerali';
  const draftId = await openedWith(catalog.db, [retitle('Undici')]);
  await submit(catalog.db, draftId, editor);
  await changeSettings(catalog.db, scheme, { approvals: 2 }, approver);
  expect(await approve(catalog.db, { draftId, by: approver })).toMatchObject({ state: 'submitted' });
  await changeSettings(catalog.db, scheme, { approvals: 1 }, approver);
  expect(await approve(catalog.db, { draftId, by: secondApprover })).toMatchObject({ state: 'approved' });
});

test('what is no warning of the draft cannot be acknowledged ahead', async () => {
  const draftId = await openedWith(catalog.db, [retitle('Dieci')]);
  const names = ['code-reused:A1', 'accounting-year:2026-11-23'];
  expect(await acknowledge(catalog.db, draftId, names, editor)).toMatchObject({
    code: 'warnings-unknown',
    problems: [{ path: 'code-reused:A1' }],
  });
  expect(await acknowledge(catalog.db, draftId, names.slice(1), editor)).toMatchObject([
    { finding: 'accounting-year:2026-11-23' },
  ]);
});

test('where a scheme wants two approvers, one is not enough', async () => {
  await catalog.db.manager.update(SchemeRow, { id: 'processi-camerali' }, { approvals: 2 });
  const draftId = await openedWith(catalog.db, [retitle('Quattro')]);
  await submit(catalog.db, draftId, editor);
  expect(await approve(catalog.db, { draftId, by: approver })).toMatchObject({ state: 'submitted' });
  expect(await publishNow(draftId)).toMatchObject({ code: 'draft-state' });
  const early = await publishOrSeal(catalog.db, { draftId, by: approver, now: new Date() });
  expect(early).toMatchObject({ code: 'draft-state', detail: { values: [1, 2] } });
  expect(await approve(catalog.db, { draftId, by: approver })).toMatchObject({
    code: 'approved-already',
    detail: { values: [1, 2] },
  });
  expect(await approve(catalog.db, { draftId, by: secondApprover })).toMatchObject({ state: 'approved' });
  await catalog.db.manager.update(SchemeRow, { id: 'processi-camerali' }, { approvals: 1 });
});

test('a draft that was rejected or withdrawn is submitted again, and old approvals do not count', async () => {
  const draftId = await openedWith(catalog.db, [retitle('Cinque')]);
  await approveDraft(catalog.db, draftId);
  const reject = { action: 'reject', reason: 'Titolo sbagliato' } as const;
  expect(await setState(catalog.db, draftId, approver, reject)).toMatchObject({ state: 'rejected' });
  expect(await submit(catalog.db, draftId, editor)).toMatchObject({ state: 'submitted' });
  expect(await setState(catalog.db, draftId, editor, { action: 'withdraw' })).toMatchObject({
    state: 'withdrawn',
  });
  expect(await submit(catalog.db, draftId, editor)).toMatchObject({ state: 'submitted' });
  expect(await publishNow(draftId)).toMatchObject({ code: 'draft-state' });
});

test('warnings that a draft brings are acknowledged one by one before it is submitted; those in force are not asked again', async () => {
  const conceptId = conceptIdFrom('00000000-0000-4000-8000-000000000090');
  const name = `numbering-gap:${conceptId}`;
  const draftId = await openedWith(catalog.db, [
    { op: 'create', conceptId, code: codeFrom('A1.1.1.90'), titles: { it: { official: 'Novanta' } } },
  ]);
  expect(await submit(catalog.db, draftId, editor)).toMatchObject({
    code: 'warnings-not-acknowledged',
    extensions: { names: [name] },
  });
  await acknowledge(catalog.db, draftId, [name], editor);
  expect(await listWarnings(catalog.db, draftId)).toMatchObject([{ name, acknowledged: { by: editor } }]);
  expect(await submit(catalog.db, draftId, editor)).toMatchObject({ state: 'submitted' });
});

test('acknowledging a warning is no hand in the draft: whoever did may approve it', async () => {
  const conceptId = conceptIdFrom('00000000-0000-4000-8000-000000000091');
  const draftId = await openedWith(catalog.db, [
    { op: 'create', conceptId, code: codeFrom('A1.1.1.91'), titles: { it: { official: 'Novantuno' } } },
  ]);
  await acknowledge(catalog.db, draftId, [`numbering-gap:${conceptId}`], approver);
  expect(await submit(catalog.db, draftId, editor)).toMatchObject({ state: 'submitted' });
  expect(await approve(catalog.db, { draftId, by: approver })).toMatchObject({ state: 'approved' });
});

test('codes that change in the middle of an accounting year are acknowledged for that day', async () => {
  const draftId = await openedWith(catalog.db, [
    { op: 'create', code: codeFrom('A1.1.1.7'), titles: { it: { official: 'Settima' } } },
  ]);
  await approveDraft(catalog.db, draftId);
  const asked = { draftId, by: approver, effectiveDate: '2026-11-23', now: new Date('2026-11-23T12:00:00Z') };
  const name = 'accounting-year:2026-11-23';
  expect(await publishOrSeal(catalog.db, asked)).toMatchObject({
    code: 'warnings-not-acknowledged',
    extensions: { names: [name] },
  });
  await acknowledge(catalog.db, draftId, [name], approver);
  expect(await publishOrSeal(catalog.db, asked)).toMatchObject({ revision: { changes: 1 } });
});

test('a day that has passed is acknowledged by its name before a map counts from it', async () => {
  const draftId = await openedWith(catalog.db, [
    { op: 'create', code: codeFrom('A1.1.1.8'), titles: { it: { official: 'Ottava' } } },
  ]);
  await approveDraft(catalog.db, draftId);
  const asked = { draftId, by: approver, effectiveDate: '2026-11-23', now: new Date('2026-11-24T12:00:00Z') };
  const names = ['accounting-year:2026-11-23', 'day-passed:2026-11-23'];
  expect(await publishOrSeal(catalog.db, asked)).toMatchObject({
    code: 'warnings-not-acknowledged',
    extensions: { names },
  });
  await acknowledge(catalog.db, draftId, names.slice(0, 1), approver);
  expect(await publishOrSeal(catalog.db, asked)).toMatchObject({ extensions: { names: names.slice(1) } });
  await acknowledge(catalog.db, draftId, names.slice(1), approver);
  expect(await publishOrSeal(catalog.db, asked)).toMatchObject({ revision: { changes: 1 } });
});

test('the submitted hash is that of the whole map, and what is published has it', async () => {
  const draftId = await openedWith(catalog.db, [retitle('Sei')]);
  await approveDraft(catalog.db, draftId);
  const draft = await findDraft(catalog.db.manager, draftId);
  const published = await publishNow(draftId);
  if (isRefusal(draft) || isRefusal(published)) throw new Error('refused');
  expect(published.revision.contentHash).toEqual(draft.submittedHash);
  expect(await verifyAudit((text, values) => catalog.db.query(text, [...values]))).toMatchObject({
    holds: true,
  });
});
