import { z } from 'zod';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { seededApi, type SeededApi } from '../testing/seeded-api.ts';

let catalog: SeededApi;
let anna: string;
let bruno: string;
/** Address of a fresh draft on the seed map, below the API. */
let draft: string;

beforeAll(async () => {
  catalog = await seededApi();
  anna = await catalog.token('anna', 'editor', 'approver');
  bruno = await catalog.token('bruno', 'editor');
});
afterAll(() => catalog.close());

const map = '/schemes/processi-camerali';

const bodySchema = z.looseObject({
  id: z.string().optional(),
  type: z.string().optional(),
  conceptId: z.string().optional(),
  code: z.string().nullable().optional(),
  parentCode: z.string().nullable().optional(),
  state: z.string().optional(),
  next: z.string().nullable().optional(),
  titles: z.record(z.string(), z.looseObject({ official: z.string() })).optional(),
  items: z.array(z.looseObject({ code: z.string().nullish(), state: z.string().optional() })).default([]),
  codes: z.array(z.object({ from: z.string().nullable(), to: z.string().nullable() })).default([]),
  problems: z.array(z.looseObject({ rule: z.string(), code: z.string().optional() })).default([]),
  changes: z.array(z.looseObject({ kinds: z.array(z.string()) })).default([]),
  freeCode: z.string().nullable().optional(),
});

interface Asked {
  readonly body?: object;
  readonly as?: string;
  readonly ifMatch?: string | null;
  readonly type?: string;
}

async function ask(method: string, path: string, { body, as = anna, ifMatch = '*', type }: Asked = {}) {
  const answer = await fetch(catalog.api + path, {
    method,
    headers: {
      authorization: `Bearer ${as}`,
      ...(ifMatch === null ? {} : { 'if-match': ifMatch }),
      ...(body ? { 'content-type': type ?? 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return {
    status: answer.status,
    etag: answer.headers.get('etag') ?? '',
    ...bodySchema.parse(await answer.json()),
  };
}

const edit = (...edits: object[]) => ask('PATCH', `${draft}/entries`, { body: { edits } });
const entry = (name: string) => ask('GET', `${draft}/entries/${name}`);
const review = async () => (await ask('GET', `${draft}/review`)).changes;
const title = (official: string) => ({ titles: { it: { official } } });

beforeEach(async () => {
  draft = `/drafts/${(await ask('POST', `${map}/drafts`, { body: {} })).id}`;
});

test('every answer of a draft carries its version as ETag', async () => {
  expect((await ask('GET', draft)).etag).toBe('"1"');
  expect((await ask('PUT', `${draft}/entries/A1`, { body: title('Uno') })).etag).toBe('"2"');
  for (const path of ['', '/review', '/edits', '/entries', '/entries/A1'])
    expect((await ask('GET', draft + path)).etag).toBe('"2"');
});

test.each([
  ['PATCH', '/entries', { edits: [{ op: 'retire', entry: 'A1.1.1.1' }] }],
  ['PUT', '/entries/A1', title('Uno')],
  ['PATCH', '/entries/A1', title('Uno')],
  ['DELETE', '/entries/A1.1.1.1', undefined],
  ['POST', '/moves', { entry: 'A1.1.1', parent: 'A1.2' }],
  ['POST', '/undo', undefined],
  ['POST', '/redo', undefined],
  ['DELETE', '', undefined],
])('%s %s needs the state that was seen, and does nothing on another', async (method, path, body) => {
  const asked = body ? { body } : {};
  const missing = await ask(method, draft + path, { ...asked, ifMatch: null });
  expect([missing.status, missing.type]).toEqual([428, '/problems/if-match-missing']);
  const stale = await ask(method, draft + path, { ...asked, ifMatch: '"7"' });
  expect([stale.status, stale.etag, stale.type]).toEqual([412, '"1"', '/problems/changed-meanwhile']);
  expect(await review()).toEqual([]);
});

test('of two editors who change one draft at once, one wins and the other is told', async () => {
  const answers = await Promise.all(
    [anna, bruno].map((as, i) =>
      ask('PUT', `${draft}/entries/A1`, { body: title(`Di ${i}`), as, ifMatch: '"1"' }),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 412]));
  const won = answers.find(({ status }) => status === 200);
  expect((await entry('A1')).titles).toEqual(won?.titles);
});

test('an entry is made under the code of its address, replaced, patched and retired', async () => {
  const made = await ask('PUT', `${draft}/entries/A1.1.1.9`, { body: title('Nuova') });
  expect(made).toMatchObject({ status: 200, code: 'A1.1.1.9', parentCode: 'A1.1.1', state: 'created' });
  const type = 'application/merge-patch+json';
  const patched = await ask('PATCH', `${draft}/entries/${made.conceptId}`, {
    body: { code: 'A1.1.1.8', titles: { it: { short: 'N.' } } },
    type,
  });
  expect(patched).toMatchObject({ code: 'A1.1.1.8', titles: { it: { official: 'Nuova', short: 'N.' } } });
  const back = await ask('PATCH', `${draft}/entries/A1.1.1.8`, {
    body: { titles: { it: { short: null } } },
    type,
  });
  expect(back.titles).toEqual({ it: { official: 'Nuova' } });
  expect(await ask('DELETE', `${draft}/entries/A1.1.1.4?successors=A1.1.1.8`)).toMatchObject({
    state: 'retired',
  });
  expect((await review()).map(({ kinds }) => kinds)).toEqual([['created'], ['retired']]);
});

test.each([
  [{ parent: null }, { code: 'A1.1.1.4', parentId: null }],
  [{ code: null }, { code: null, parentCode: 'A1.1.1' }],
  [
    { code: null, parent: null },
    { code: null, parentId: null },
  ],
])('the patch %j takes away what is null', async (body, after) => {
  const patched = await ask('PATCH', `${draft}/entries/A1.1.1.4`, {
    body,
    type: 'application/merge-patch+json',
  });
  expect(patched).toMatchObject({ status: 200, state: 'changed', ...after });
});

test.each([
  ['GET', 'A9.9', undefined, 404, 'entry-unknown'],
  ['PATCH', 'A9.9', {}, 404, 'entry-unknown'],
  ['DELETE', 'A9.9', undefined, 404, 'entry-unknown'],
  ['PUT', 'A9.9.9.9', title('Orfana'), 422, 'edits-refused'],
  ['PATCH', 'A1', { titles: { it: null }, colour: 'red' }, 400, 'invalid-request'],
  ['DELETE', 'A1.1.1.1?successors=Q1', undefined, 404, 'entry-unknown'],
])('%s of the entry %s with %j is refused, and nothing changes', async (method, name, body, status, code) => {
  const answer = await ask(method, `${draft}/entries/${name}`, body ? { body } : {});
  expect([answer.status, answer.type]).toEqual([status, `/problems/${code}`]);
  expect((await ask('GET', draft)).etag).toBe('"1"');
});

test('a code that two entries of a draft carry for a while is refused as a name', async () => {
  await edit({ op: 'change', entry: 'A1.1.1.2', code: 'A1.1.1.1' });
  expect(await entry('A1.1.1.1')).toMatchObject({ status: 409, type: '/problems/code-ambiguous' });
});

test('children are given in pages as the draft has them, with what it made, changed and retired', async () => {
  await edit(
    { op: 'create', code: 'D6.5', ...title('Nuovo') },
    { op: 'change', entry: 'D6.2', ...title('Altro') },
    { op: 'retire', entry: 'D6.4', successors: [] },
  );
  const first = await ask('GET', `${draft}/entries?parent=D6&limit=3`);
  const second = await ask('GET', `${draft}/entries?parent=D6&limit=3&cursor=${first.next}`);
  expect([...first.items, ...second.items].map(({ code, state }) => `${code} ${state}`)).toEqual([
    'D6.1 unchanged',
    'D6.2 changed',
    'D6.3 unchanged',
    'D6.4 retired',
    'D6.5 created',
  ]);
  expect(second.next).toBeNull();
  expect((await ask('GET', `${draft}/entries`)).items.filter(({ code }) => code === 'E1')).toHaveLength(1);
});

test('a preview of a move tells the new codes of the whole branch and does nothing', async () => {
  const preview = await ask('POST', `${draft}/moves?preview=true`, {
    body: { entry: 'A1.1.1', parent: 'A1.2' },
    ifMatch: null,
  });
  expect(preview).toMatchObject({ status: 200, problems: [], freeCode: 'A1.2.3' });
  expect(preview.codes.slice(0, 3)).toMatchObject([
    { from: 'A1.1.1', to: 'A1.2.3' },
    { from: 'A1.1.1.1', to: 'A1.2.3.1' },
    { from: 'A1.1.1.2', to: 'A1.2.3.2' },
  ]);
  expect((await ask('GET', draft)).etag).toBe('"1"');
});

test('a moved branch takes its codes and whatever was edited below it along', async () => {
  await edit({ op: 'change', entry: 'A1.1.1.2', ...title('Ritoccata') });
  const moved = await ask('POST', `${draft}/moves`, { body: { entry: 'A1.1.1', parent: 'A1.2' } });
  expect([moved.status, moved.etag]).toEqual([200, '"3"']);
  expect(await entry('A1.2.3.2')).toMatchObject({
    titles: { it: { official: 'Ritoccata' } },
    parentCode: 'A1.2.3',
  });
  const changes = await review();
  expect(changes).toHaveLength(moved.codes.length);
  expect((await ask('GET', `${draft}/review`)).problems).toEqual([]);
});

test('a branch that is renumbered to a code of a neighbour collides, and is told all collisions and a free code', async () => {
  const body = { entry: 'A1.1.1', code: 'A1.1.2' };
  const refused = await ask('POST', `${draft}/moves`, { body });
  expect(refused).toMatchObject({ status: 422, type: '/problems/move-refused' });
  expect(refused.problems.map(({ rule, code }) => `${rule} ${code}`)).toContain('code-duplicate A1.1.2');
  expect(refused.problems.length).toBeGreaterThan(1);
  expect((await ask('GET', draft)).etag).toBe('"1"');
  expect((await ask('POST', `${draft}/moves`, { body: { ...body, code: refused.freeCode } })).status).toBe(
    200,
  );
});

test.each([
  ['below itself', { entry: 'A1.1', parent: 'A1.1.1' }, 'below-itself'],
  ['below its own place', { entry: 'A1', parent: 'A1.1.1.1' }, 'below-itself'],
  ['deeper than the edition has levels', { entry: 'A1.1', parent: 'A1.2.1' }, 'code-form'],
  ['to a code that is none', { entry: 'A1.1.1', code: 'A1.1.x' }, 'code-form'],
  [
    'below one parent under the code of another',
    { entry: 'A1.1.1', parent: 'A1.2', code: 'A1.3.9' },
    'code-parent',
  ],
])('a branch does not go %s', async (_, body, rule) => {
  const refused = await ask('POST', `${draft}/moves`, { body });
  expect(refused.status).toBe(422);
  expect(refused.problems.map((problem) => problem.rule)).toContain(rule);
  expect(await review()).toEqual([]);
});

test('of a branch that would stand below itself nothing else is told, and no code is proposed', async () => {
  const refused = await ask('POST', `${draft}/moves`, { body: { entry: 'A1', parent: 'A1.1.3' } });
  expect(refused).toMatchObject({ status: 422, freeCode: null, problems: [{ rule: 'below-itself' }] });
  expect(refused.problems).toHaveLength(1);
});

test('edits are undone one by one and done again, also a move and a retirement with its successors', async () => {
  const states: object[] = [await review()];
  await edit({ op: 'change', entry: 'A1', ...title('Uno') });
  states.push(await review());
  await edit(
    { op: 'retire', entry: 'A3.1.1.5', successors: ['A3.1.1.7'] },
    { op: 'change', entry: 'A1', ...title('Due') },
  );
  states.push(await review());
  await ask('POST', `${draft}/moves`, { body: { entry: 'A1.1.1', parent: 'A1.2' } });
  states.push(await review());
  for (const state of states.slice(0, -1).toReversed()) {
    expect((await ask('POST', `${draft}/undo`)).status).toBe(200);
    expect(await review()).toEqual(state);
  }
  expect(await ask('POST', `${draft}/undo`)).toMatchObject({
    status: 409,
    type: '/problems/nothing-to-undo',
  });
  for (const state of states.slice(1)) {
    expect((await ask('POST', `${draft}/redo`)).status).toBe(200);
    expect(await review()).toEqual(state);
  }
  expect(await ask('POST', `${draft}/redo`)).toMatchObject({
    status: 409,
    type: '/problems/nothing-to-redo',
  });
});

test('the edits of a draft name what they touched, and which of them was undone', async () => {
  await edit({ op: 'change', entry: 'A1', ...title('Uno') }, { op: 'retire', entry: 'A3.1.1.5' });
  await ask('POST', `${draft}/moves`, { body: { entry: 'A1.1.1', parent: 'A1.2' } });
  await ask('POST', `${draft}/undo`);
  const { items } = await ask('GET', `${draft}/edits`);
  expect(items).toMatchObject([
    { undone: true, touched: expect.arrayContaining([expect.objectContaining({ code: 'A1.2.3' })]) },
    { undone: false, concepts: 2, touched: [{ code: 'A1' }, { code: 'A3.1.1.5' }] },
  ]);
});

test('after a new edit, what was undone cannot be done again', async () => {
  await edit({ op: 'change', entry: 'A1', ...title('Uno') });
  await ask('POST', `${draft}/undo`);
  await edit({ op: 'change', entry: 'A2', ...title('Due') });
  expect(await ask('POST', `${draft}/redo`)).toMatchObject({ status: 409 });
  expect(await review()).toHaveLength(1);
});

test('an edit whose entry something else changed since is not undone', async () => {
  await edit({ op: 'change', entry: 'A1', ...title('Uno') });
  await catalog.db.query(`update draft_entry set rank = rank + 1 where draft_id = '${draft.slice(8)}'`);
  expect(await ask('POST', `${draft}/undo`)).toMatchObject({ status: 409, type: '/problems/edit-overtaken' });
});

test('a draft that is closed is neither edited nor undone', async () => {
  await edit({ op: 'change', entry: 'A1', ...title('Uno') });
  await ask('DELETE', draft);
  for (const answer of [await ask('POST', `${draft}/undo`), await edit({ op: 'retire', entry: 'A1.1.1.1' })])
    expect(answer).toMatchObject({ status: 409, type: '/problems/draft-closed' });
});

test('drafts are listed by scheme and state, the newest first, in pages', async () => {
  await ask('DELETE', draft);
  const newest = (await ask('POST', `${map}/drafts`, { body: {} })).id;
  const open = await ask('GET', `${map}/drafts?state=open&limit=1`);
  expect(open.items).toMatchObject([{ id: newest, state: 'open' }]);
  const discarded = await ask('GET', `${map}/drafts?state=discarded&limit=1000`);
  expect(discarded.items.map(({ id }) => `/drafts/${String(id)}`)).toContain(draft);
  expect((await ask('GET', `${map}/drafts?state=burnt`)).status).toBe(400);
});
