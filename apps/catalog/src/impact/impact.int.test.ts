import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { z } from 'zod';
import {
  draftAnswerSchema,
  impactAnswerSchema,
  inForceEventSchema,
  noSteps,
  revisionsAnswerSchema,
  type ImpactAnswer,
} from '#contracts';
import { run, sql } from '#platform';
import { codeFrom } from '#taxonomy';
import { acknowledgeAll } from '../review/acknowledge-all.ts';
import { startFakeConnector, type FakeConnector } from '../testing/fake-connector.ts';
import { openedWith } from '../testing/opened-with.ts';
import { editor } from '../testing/people.ts';
import { seededApi, type SeededApi } from '../testing/seeded-api.ts';

let connector: FakeConnector;
let api: SeededApi;
let draft: string;

beforeAll(async () => {
  connector = await startFakeConnector();
  api = await seededApi({ CONNECTOR_URL: connector.address });
  draft = await openedWith(api.db, [
    { op: 'change', entry: 'A1', titles: { it: { official: 'Altro' } } },
    { op: 'create', code: codeFrom('A1.1.1.99'), titles: { it: { official: 'Nuova' } } },
  ]);
});
afterAll(async () => {
  await api.close();
  await connector.close();
});
beforeEach(() => {
  connector.answer = null;
  connector.asked.length = 0;
});

/** A publication answers something else, of which nothing is read here. */
const draftOrOther = draftAnswerSchema.partial();

async function act(
  of: string,
  path: string,
  token: string,
  body?: object,
): Promise<z.infer<typeof draftOrOther>> {
  const response = await fetch(`${api.api}/drafts/${of}/${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(JSON.stringify(answer));
  return draftOrOther.parse(answer);
}

async function impact(token: string, query = '', of = api, language = 'en'): Promise<ImpactAnswer> {
  const response = await fetch(`${of.api}/drafts/${draft}/impact${query}`, {
    headers: { authorization: `Bearer ${token}`, 'accept-language': language },
  });
  expect(response.status).toBe(200);
  return impactAnswerSchema.parse(await response.json());
}

test('says the plan by profile, and for a page of targets how much uses what is touched', async () => {
  const token = await api.token('e', 'editor');
  const answer = await impact(token, '?limit=1&after=ba-crm');
  expect(answer).toMatchObject({
    scheme: 'processi-camerali',
    baseRevision: 1,
    changes: 2,
    plan: { isKnown: true, reason: null, profiles: [{ profile: 'crm', targets: 3, counts: { rename: 1 } }] },
    usage: { isKnown: true, touched: 1, asked: 1, targets: [{ target: 'to-crm', uses: 1 }], next: 'to-crm' },
  });
  expect(connector.asked.map(({ path }) => path).sort()).toEqual([
    '/api/v1/plans',
    '/api/v1/usage?limit=1&after=ba-crm',
  ]);
});

test('asks with the token of whoever asks', async () => {
  const token = await api.token('a', 'approver');
  await impact(token);
  expect(connector.asked.map(({ authorization }) => authorization)).toEqual([
    `Bearer ${token}`,
    `Bearer ${token}`,
  ]);
});

test('answers what it knows, and says why it does not know the rest', async () => {
  const token = await api.token('e', 'editor');
  const title = 'The change set does not stand on the revision that the connector holds';
  connector.answer = { status: 409, body: { title, detail: 'It holds 4.' } };
  expect((await impact(token)).plan).toEqual({
    isKnown: false,
    reason: `The connector refuses: ${title}. It holds 4.`,
    profiles: [],
  });
  connector.answer = { status: 200, body: { hello: 'world' } };
  expect(await impact(token)).toMatchObject({
    changes: 2,
    plan: { isKnown: false, reason: 'The connector answers in another form than agreed.' },
    usage: { isKnown: false, touched: 1, targets: [] },
  });
});

test('asks, and says why it does not know, in the language of whoever asks', async () => {
  const token = await api.token('e', 'editor');
  await impact(token, '', api, 'it');
  expect(connector.asked.map(({ language }) => language)).toEqual(['it', 'it']);
  connector.answer = { status: 503, body: {} };
  expect((await impact(token, '', api, 'it')).plan.reason).toBe('Il connettore risponde 503.');
});

test('is part of what is submitted and approved, and travels with the revision', async () => {
  const retitled = await openedWith(api.db, [
    { op: 'change', entry: 'B1', titles: { it: { official: 'Cambiata' } } },
  ]);
  await acknowledgeAll(api.db, retitled, editor);
  const [token, second] = [await api.token('e', 'editor'), await api.token('a', 'approver')];
  const profiles = [{ profile: 'crm', targets: 3, counts: { ...noSteps(), rename: 1 }, refused: 0 }];
  const first = await act(retitled, 'submission', token);
  expect(first).toMatchObject({ state: 'submitted', plan: profiles });
  await act(retitled, 'withdrawal', token, { reason: 'once more' });
  connector.answer = { status: 503, body: {} };
  const withoutPlan = await act(retitled, 'submission', token);
  expect(withoutPlan).toMatchObject({ state: 'submitted', plan: null });
  expect(withoutPlan.submissionHash).not.toBe(first.submissionHash);
  expect(
    await run(
      api.db,
      sql`select body::jsonb -> 'details' ->> 'noPlan' as "noPlan" from audit
          where action = 'draft-submitted' and subject = ${`draft/${retitled}`} order by position desc limit 1`,
    ),
  ).toEqual([{ noPlan: 'The connector answers 503.' }]);
  connector.answer = null;
  expect(await act(retitled, 'withdrawal', token, { reason: 'once more' })).toMatchObject({ plan: null });
  const { submissionHash } = await act(retitled, 'submission', token);
  expect(submissionHash).toBe(first.submissionHash);
  expect(await act(retitled, 'approval', second, { submissionHash })).toMatchObject({ plan: profiles });
  await act(retitled, 'publication', second, {});
  const revisions = await (await fetch(`${api.api}/schemes/processi-camerali/revisions`)).json();
  const [unplanned, planned] = revisionsAnswerSchema.parse(revisions).items;
  expect(unplanned).not.toHaveProperty('plan');
  expect(planned).toMatchObject({ revision: 2, plan: profiles });
  const [logged] = await run<{ head: unknown }>(
    api.db,
    sql`select head::jsonb as head from change_log where kind = 'in-force' and revision = 2`,
  );
  expect(inForceEventSchema.parse(logged?.head)).toMatchObject({ revision: 2, plan: profiles });
});

test('is refused for a reader, for a draft that is not there, and for a page that is none', async () => {
  const status = async (path: string, token: string): Promise<number> =>
    (await fetch(`${api.api}/drafts/${path}`, { headers: { authorization: `Bearer ${token}` } })).status;
  const token = await api.token('e', 'editor');
  expect(await status(`${draft}/impact`, await api.token('r', 'reader'))).toBe(403);
  expect(await status('00000000-0000-4000-8000-000000000000/impact', token)).toBe(404);
  expect(await status(`${draft}/impact?limit=0`, token)).toBe(400);
  expect(connector.asked).toEqual([]);
});

test('says in plain words that the connector is away, or that none is configured', async () => {
  const away = await startFakeConnector();
  await away.close();
  const [alone, without] = await Promise.all([seededApi({ CONNECTOR_URL: away.address }), seededApi()]);
  for (const [of, reason] of [
    [alone, 'The connector cannot be reached.'],
    [without, 'No connector is configured (CONNECTOR_URL).'],
  ] as const) {
    draft = await openedWith(of.db, [{ op: 'change', entry: 'A1', titles: { it: { official: 'Altro' } } }]);
    expect(await impact(await of.token('e', 'editor'), '', of)).toMatchObject({
      changes: 1,
      plan: { isKnown: false, reason },
      usage: { isKnown: false, reason },
    });
    await of.close();
  }
});
