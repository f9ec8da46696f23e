import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { eventTypes, topics } from '#contracts';
import {
  cloudEventHeaders,
  consumeBatches,
  createKafka,
  deadLetterTopic,
  ensureTopics,
  Producer,
} from '#messaging';
import { createLogger, readEnv, type HttpApp } from '#platform';
import { IdentityProvider } from '../../../test/support/identity-provider.ts';
import { brokers, uniqueName } from '../../../test/support/kafka.ts';
import { personsAnswer } from './audit/schemas.ts';
import { connectorEnv, type ConnectorConfig } from './config.ts';
import { createConnector } from './create-connector.ts';
import { readAllowedAddresses } from './registry/allowed-addresses.ts';
import { connectorDatabase, type ConnectorDatabase } from './testing/connector-database.ts';
import { startFakeCatalog, type FakeCatalog } from './testing/fake-catalog.ts';
import { conceptNumber, MapHistory, mapOf } from './testing/map-history.ts';

const apiDocument = z.object({
  paths: z.record(
    z.string(),
    z.object({
      get: z
        .object({ parameters: z.array(z.object({ in: z.string(), name: z.string() })).default([]) })
        .optional(),
    }),
  ),
});

const logger = createLogger('test', 'silent');
const scheme = uniqueName('map');
const epoch = uniqueName('epoch').replaceAll('-', '');
const history = new MapHistory(scheme);
const directory = mkdtempSync(join(tmpdir(), 'mappa-connector-'));
const kafka = createKafka(brokers(), 'test', logger);
const producer = new Producer(kafka);
let database: ConnectorDatabase;
let catalog: FakeCatalog;
let identity: IdentityProvider;
let config: ConnectorConfig;
let app: HttpApp;
let address: string;

beforeAll(async () => {
  [database, catalog, identity] = await Promise.all([
    connectorDatabase(),
    startFakeCatalog(history),
    IdentityProvider.start(),
  ]);
  await ensureTopics(
    kafka,
    Object.values(topics).map(({ name, ...topic }) => ({ ...topic, topic: name, replicationFactor: 1 })),
  );
  await leadersAreThere(Object.values(topics).map(({ name }) => name));
  const file = join(directory, 'targets.json');
  writeFileSync(file, JSON.stringify(targetsFile));
  config = readEnv(connectorEnv, {
    PORT: '0',
    DATABASE_URL: database.appUrl,
    KAFKA_BROKERS: brokers().join(','),
    OIDC_ISSUER: identity.issuer,
    CATALOG_URL: catalog.address,
    TARGETS_FILE: file,
    HOLE_MS: '500',
    SEALED_POLL_MS: '100',
    NODE_ENV: 'test',
  });
  app = await createConnector(config, logger);
  address = await app.start();
});
afterAll(async () => {
  await app.stop();
  await producer.disconnect();
  await Promise.all([database.close(), catalog.close(), identity.goAway()]);
  rmSync(directory, { recursive: true });
});

/** Nothing listens on port 1. */
const targetsFile = {
  organisations: [{ id: 'demo', name: 'Ente' }],
  systems: [
    { id: 'crm', address: 'http://127.0.0.1:1/crm', user: 'mappa', secret: 'env:TARGET_SANDBOX_CRM' },
  ],
  profiles: [{ id: 'crm', kind: 'crm', driver: 'crm-sobject' }],
  targets: [{ id: 'demo-crm', organisation: 'demo', system: 'crm', profile: 'crm', scheme, mode: 'on' }],
};

let position = 0;
const message = (type: string, key: string, body: unknown) => ({
  key,
  value: typeof body === 'string' ? body : JSON.stringify(body),
  headers: cloudEventHeaders({ id: `${epoch}-${++position}`, source: `/schemes/${scheme}`, type }),
});
const get = async (
  path: string,
  token?: string,
): Promise<{ status: number; type: string | null; body: unknown }> => {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  const response = await fetch(`${address}${path}`, { headers });
  return { status: response.status, type: response.headers.get('content-type'), body: await response.json() };
};
const post = async (
  path: string,
  token?: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(`${address}${path}`, {
    method: 'POST',
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
};

/** A broker that is busy takes a moment to lead the topics that it has just made. */
async function leadersAreThere(names: readonly string[]): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  for (const name of names)
    await vi.waitFor(() => admin.fetchTopicOffsets(name), { timeout: 30_000, interval: 100 });
  await admin.disconnect();
}

describe('the connector', () => {
  it('takes events from the topics, and puts aside what cannot be read', async () => {
    const { inForce, changes } = history.publish(mapOf(['1 A1 a', '2 A1.1 b', '3 A2 c']));
    const broken = message(eventTypes.change, 'broken', `{"scheme":"${scheme}"`);
    await producer.sendBatch([
      {
        topic: topics.changes.name,
        messages: [broken, ...changes.map((change) => message(eventTypes.change, change.conceptId, change))],
      },
      { topic: topics.revisions.name, messages: [message(eventTypes.inForce, scheme, inForce)] },
    ]);
    await expect
      .poll(() => get(`/api/v1/schemes/${scheme}/replica`), { timeout: 30_000 })
      .toMatchObject({
        status: 200,
        body: { revision: 1, contentHash: inForce.contentHash, entries: 3, problem: null },
      });
    expect(await readDeadLetter('broken')).toMatch(/^not JSON/);
  });

  it('shows a target that does not answer as unreachable, with the reason', async () => {
    await expect
      .poll(() => get('/api/v1/targets/demo-crm'), { timeout: 30_000 })
      .toMatchObject({
        body: { state: 'unreachable', desired: 1, applied: 0, items: 0, total: 3, lagChanges: 3 },
      });
    const { body } = await get('/api/v1/targets');
    expect(body).toMatchObject({
      targets: [{ id: 'demo-crm', kind: 'crm', driver: 'crm-sobject', reason: expect.any(String) }],
    });
  });

  it('lets only operators act', async () => {
    expect(await post('/api/v1/targets/demo-crm/pause')).toMatchObject({ status: 401 });
    expect(await post('/api/v1/targets/demo-crm/pause', await identity.token(['reader']))).toMatchObject({
      status: 403,
    });
    const operator = await identity.token(['operator']);
    expect(await post('/api/v1/targets/demo-crm/pause', operator)).toMatchObject({
      status: 200,
      body: { state: 'paused' },
    });
    expect(await post('/api/v1/targets/demo-crm/retry', operator)).toMatchObject({
      status: 409,
      body: { type: '/problems/target-paused' },
    });
    expect(await post('/api/v1/targets/demo-crm/resume', operator)).toMatchObject({ status: 200 });
    expect(await post('/api/v1/targets/demo-crm/retry', operator, { codes: ['A1', 'A9'] })).toMatchObject({
      status: 409,
      body: { type: '/problems/not-stuck', problems: [{ code: 'A1' }, { code: 'A9' }] },
    });
    expect(await post('/api/v1/targets/demo-crm/retry', operator, { codes: [] })).toMatchObject({
      status: 400,
    });
    expect(await post('/api/v1/targets/demo-crm/retry', operator)).toMatchObject({
      status: 200,
      body: { retried: 0, isAskedNow: expect.any(Boolean) },
    });
    expect(await post('/api/v1/targets/nowhere/pause', operator)).toMatchObject({ status: 404 });
  });

  it('keeps why a target is paused, refuses what it does not know, and says when an act changed nothing', async () => {
    const operator = await identity.token(['operator']);
    const pause = (body?: object) => post('/api/v1/targets/demo-crm/pause', operator, body);
    expect(await pause({ foo: 1 })).toMatchObject({ status: 400 });
    expect(await pause({ reason: ' ' })).toMatchObject({ status: 400 });
    expect(await pause({ reason: 'maintenance' })).toMatchObject({
      status: 200,
      body: {
        changed: true,
        reason: 'paused by an operator: maintenance',
        pause: { reason: 'maintenance', by: expect.any(String) },
      },
    });
    expect(await pause()).toMatchObject({ body: { changed: false, pause: { reason: 'maintenance' } } });
    for (const path of ['targets/demo-crm/resume', 'targets/demo-crm/drift-check', 'deliveries/resume'])
      expect(await post(`/api/v1/${path}`, operator, { foo: 1 })).toMatchObject({ status: 400 });
    const resume = () => post('/api/v1/targets/demo-crm/resume', operator);
    expect(await resume()).toMatchObject({ body: { changed: true, pause: null } });
    expect(await resume()).toMatchObject({ body: { changed: false } });
    const stop = (reason: string) => post('/api/v1/deliveries/stop', operator, { reason });
    const first = await stop('first');
    expect(first).toMatchObject({ body: { stopped: { reason: 'first' }, changed: true } });
    expect((await stop('second')).body).toMatchObject({ stopped: { reason: 'first' }, changed: false });
    const go = () => post('/api/v1/deliveries/resume', operator);
    expect(await go()).toMatchObject({ body: { stopped: null, changed: true } });
    expect(await go()).toMatchObject({ body: { stopped: null, changed: false } });
  });

  it('gives back what is registered, to administrators alone', async () => {
    expect(await get('/api/v1/targets-file', await identity.token(['operator']))).toMatchObject({
      status: 403,
    });
    const administrator = await identity.token(['administrator']);
    const { body } = await get('/api/v1/targets-file', administrator);
    expect(body).toMatchObject({ targets: [{ id: 'demo-crm' }], systems: [{ secret: expect.any(String) }] });
    expect(await post('/api/v1/targets-file?dryRun=true', administrator, body)).toMatchObject({
      body: { changes: [], warnings: [] },
    });
    expect(await get('/api/v1/targets-file/unlisted', administrator)).toMatchObject({
      body: { targets: [], next: null },
    });
  });

  it('plans a change set for whoever edits, approves or operates, and for no other body or base', async () => {
    const [first] = history.revisions;
    const next = { scheme, base: 1, changes: first?.changes };
    expect(await post('/api/v1/plans', undefined, next)).toMatchObject({ status: 401 });
    expect(await post('/api/v1/plans', await identity.token(['reader']), next)).toMatchObject({
      status: 403,
    });
    const editor = await identity.token(['editor']);
    for (const token of [editor, await identity.token(['approver']), await identity.token(['operator'])])
      expect(await post('/api/v1/plans', token, { ...next, changes: [] })).toMatchObject({
        status: 200,
        body: { scheme, base: 1, profiles: [{ profile: 'crm', targets: 1, counts: { create: 0 } }] },
      });
    expect(await post('/api/v1/plans', editor, { ...next, base: 7 })).toMatchObject({
      status: 409,
      body: { type: '/problems/base-differs' },
    });
    for (const body of [{}, { ...next, base: 0 }, { ...next, changes: [{ conceptId: 'none' }] }])
      expect(await post('/api/v1/plans', editor, body)).toMatchObject({ status: 400 });
  });

  it('tells operators what uses retired codes, and nobody else', async () => {
    const path = '/api/v1/targets/demo-crm/uses';
    expect(await get(path)).toMatchObject({ status: 401 });
    expect(await get(path, await identity.token(['editor']))).toMatchObject({ status: 403 });
    const operator = await identity.token(['operator']);
    // It is not there, so nobody knows.
    const empty = { target: 'demo-crm', scheme, isKnown: false, records: [], next: null };
    expect(await get(path, operator)).toMatchObject({ status: 200, body: { ...empty, asked: 0 } });
    expect(await get(`${path}?code=A1.1&limit=5`, operator)).toMatchObject({
      status: 200,
      body: { ...empty, code: 'A1.1', uses: [] },
    });
    expect(await get(`${path}?code=Q9`, operator)).toMatchObject({ status: 404 });
    for (const query of ['limit=0', 'limit=201', 'after=nowhere', 'code='])
      expect([query, (await get(`${path}?${query}`, operator)).status]).toEqual([query, 400]);
    expect(await get('/api/v1/targets/nowhere/uses', operator)).toMatchObject({ status: 404 });
  });

  it('lets only operators release a hold, who say why and what they saw', async () => {
    const path = '/api/v1/targets/demo-crm/hold/release';
    const seen = { reason: 'seen', revision: 1, would: { created: 3, changed: 0, ended: 0 } };
    expect(await post(path, undefined, seen)).toMatchObject({ status: 401 });
    expect(await post(path, await identity.token(['administrator']), seen)).toMatchObject({ status: 403 });
    const operator = await identity.token(['operator']);
    expect(await post(path, operator, { would: { created: -1 } })).toMatchObject({
      status: 400,
      body: { problems: expect.arrayContaining([expect.objectContaining({ path: 'reason' })]) },
    });
    expect(await post(path, operator, seen)).toMatchObject({
      status: 409,
      body: { type: '/problems/not-held' },
    });
    expect(await post('/api/v1/targets/nowhere/hold/release', operator, seen)).toMatchObject({ status: 404 });
  });

  it('takes a targets file from an administrator, and shows the difference first', async () => {
    const [target] = targetsFile.targets;
    const more = {
      ...targetsFile,
      targets: [target, { ...target, id: 'second-crm', settings: { object: 'Code__c' } }],
    };
    expect(await post('/api/v1/targets-file', await identity.token(['operator']), more)).toMatchObject({
      status: 403,
    });
    const administrator = await identity.token(['administrator']);
    const changes = [{ what: 'target', id: 'second-crm', is: 'created' }];
    expect(await post('/api/v1/targets-file?dryRun=true', administrator, more)).toMatchObject({
      status: 200,
      body: { applied: false, changes },
    });
    expect((await get('/api/v1/targets/second-crm')).status).toBe(404);
    expect(await post('/api/v1/targets-file', administrator, more)).toMatchObject({
      body: { applied: true, changes },
    });
    expect((await get('/api/v1/targets/second-crm')).status).toBe(200);
    expect(await post('/api/v1/targets-file', administrator, { targets: [{ id: 'A' }] })).toMatchObject({
      status: 422,
      body: { type: '/problems/targets-file', problems: expect.any(Array) },
    });
    expect(await post('/api/v1/targets-file', administrator, targetsFile)).toMatchObject({
      status: 409,
      body: { type: '/problems/targets-file-unlists' },
    });
    expect(await post('/api/v1/targets-file?unlist=1', administrator, targetsFile)).toMatchObject({
      body: { changes: [{ id: 'second-crm', is: 'unlisted' }] },
    });
  });

  it('comes back to what people made of the registry, not to the file of its start', async () => {
    const administrator = await identity.token(['administrator']);
    const [target] = targetsFile.targets;
    const second = { ...target, id: 'second-crm', settings: { object: 'Code__c' } };
    const more = { ...targetsFile, targets: [target, second] };
    await post('/api/v1/targets-file', administrator, more);
    const another = await createConnector(config, logger);
    await another.start();
    await another.stop();
    expect(await post('/api/v1/targets-file?dryRun=true', administrator, more)).toMatchObject({
      body: { changes: [] },
    });
    await post('/api/v1/targets-file?unlist=1', administrator, targetsFile);
  });

  it('sends nothing to where targets may not be any more, and says so', async () => {
    const TARGET_ADDRESSES = readAllowedAddresses('crm.example.org');
    if ('wrong' in TARGET_ADDRESSES) throw new Error(TARGET_ADDRESSES.wrong);
    const { TARGETS_FILE: _, ...without } = config;
    const strict = await createConnector({ ...without, TARGET_ADDRESSES }, logger);
    const tested = await fetch(`${await strict.start()}/api/v1/targets/demo-crm/connection-test`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await identity.token(['operator'])}` },
    });
    expect(await tested.json()).toMatchObject({
      reason: expect.stringContaining('127.0.0.1 is none of the addresses that targets may have'),
    });
    await strict.stop();
  });

  it('warns of a secret and a map that are not there, and says the same of the target', async () => {
    const administrator = await identity.token(['administrator']);
    const [[system], [target]] = [targetsFile.systems, targetsFile.targets];
    const third = { ...target, id: 'third-crm', system: 'third', scheme: 'typing-error', mode: 'observe' };
    const more = {
      ...targetsFile,
      systems: [system, { ...system, id: 'third', secret: 'env:TARGET_NOT_THERE' }],
      targets: [target, third],
    };
    expect(await post('/api/v1/targets-file', administrator, more)).toMatchObject({
      status: 200,
      body: {
        warnings: [
          {
            path: 'systems[1].secret',
            id: 'third',
            message: expect.stringContaining('env:TARGET_NOT_THERE'),
          },
          { path: 'targets[1].scheme', id: 'third-crm', message: expect.stringContaining('typing-error') },
        ],
      },
    });
    expect(await get('/api/v1/targets/third-crm')).toMatchObject({
      body: { state: 'observe', reason: expect.stringContaining('no revision of a map "typing-error"') },
    });
    expect(await post('/api/v1/targets/third-crm/connection-test', administrator)).toMatchObject({
      status: 200,
      body: {
        reachable: false,
        reason: '"third-crm" cannot be asked: The secret env:TARGET_NOT_THERE is not there',
      },
    });
    await post('/api/v1/targets-file?unlist=1', administrator, targetsFile);
    expect(await get('/api/v1/targets-file/unlisted?limit=1', administrator)).toMatchObject({
      body: { targets: [{ id: 'second-crm', items: 0 }], next: 'second-crm' },
    });
  });

  it('tells whoever watches what changes, and closes when it stops', async () => {
    const stop = new AbortController();
    const live = await fetch(`${address}/api/v1/live`, { signal: stop.signal });
    expect(live.headers.get('content-type')).toMatch(/^text\/event-stream/);
    let heard = '';
    const listening = (async () => {
      for await (const chunk of live.body ?? []) heard += Buffer.from(chunk).toString();
    })().catch(() => undefined);
    await expect.poll(() => heard).toContain('event: reset');
    // The first reading is what later ones are compared with; its heartbeat shows that it is done.
    await expect.poll(() => heard, { timeout: 5_000 }).toContain('\n:\n');
    const operator = await identity.token(['operator']);
    await post('/api/v1/targets/demo-crm/quarantine', operator, { reason: 'looked at' });
    await expect.poll(() => heard, { timeout: 5_000 }).toMatch(/event: targets\ndata: .*"quarantined"/);
    await post('/api/v1/targets/demo-crm/release', operator);
    await expect.poll(() => heard, { timeout: 5_000 }).toMatch(/"unreachable"|"behind"/);
    stop.abort();
    await listening;
  });

  it('refuses acts that make no sense, with all problems', async () => {
    const operator = await identity.token(['operator']);
    for (const [path, body, status] of [
      ['targets/demo-crm/quarantine', {}, 400],
      ['targets/demo-crm/skip', { code: 'A1' }, 400],
      ['targets/demo-crm/skip', { code: 'A9', reason: 'x' }, 404],
      ['targets/nowhere/resync', undefined, 404],
      ['targets/acts', { act: 'explode', filter: {} }, 400],
      ['targets/acts', { act: 'quarantine', filter: {} }, 400],
      ['targets/acts', { act: 'pause', filter: { colour: 'red' } }, 400],
    ] as const) {
      expect([path, (await post(`/api/v1/${path}`, operator, body)).status]).toEqual([path, status]);
    }
    const dry = { act: 'pause', filter: { text: 'demo' }, dryRun: true };
    expect(await post('/api/v1/targets/acts', operator, dry)).toMatchObject({
      body: { done: false, targets: 1 },
    });
    expect((await get('/api/v1/targets?limit=501')).status).toBe(400);
    expect(await get('/api/v1/targets/summary?by=wave')).toMatchObject({
      body: { total: 1, groups: [{ id: '1' }] },
    });
  });

  it('lists what is sealed, and lets only operators rehearse it now', async () => {
    const set = conceptNumber(91);
    const path = `/api/v1/sealed/${set}/rehearsal`;
    const operator = await identity.token(['operator']);
    expect(await get('/api/v1/sealed')).toMatchObject({ status: 200, body: { items: [] } });
    expect(await post(path, operator)).toMatchObject({ status: 404 });
    catalog.sealed = [
      {
        listed: {
          set,
          scheme,
          edition: 'next',
          effectiveDate: '2999-01-01',
          changes: 0,
          contentHash: 'a'.repeat(64),
          baseHash: history.revisions[0]?.inForce.contentHash ?? '',
          changesAt: `/api/v1/schemes/${scheme}/sealed/${set}/changes`,
        },
        changes: [],
      },
    ];
    await vi.waitFor(async () =>
      expect(await get('/api/v1/sealed')).toMatchObject({
        body: { items: [{ set, refusing: 0, rehearsedAt: expect.any(String) }] },
      }),
    );
    expect(await post(path, await identity.token(['reader']))).toMatchObject({ status: 403 });
    expect(await post(path, operator)).toMatchObject({ status: 202, body: { items: [{ set }] } });
    const away = { target: 'demo-crm', refused: 0, notRehearsed: expect.stringContaining('nobody listens') };
    expect(await get(path)).toMatchObject({ status: 200, body: { set, targets: [away], next: null } });
    expect((await get(`${path}?limit=101`)).status).toBe(400);
    catalog.sealed = [];
    await vi.waitFor(async () => expect((await get(path)).status).toBe(404));
    const headers = { authorization: `Bearer ${await identity.token(['auditor'])}` };
    const acts = await fetch(`${address}/api/v1/audit?subject=sealed/${set}`, { headers });
    expect(await acts.json()).toMatchObject({ items: [{ action: 'sealed-rehearsal-asked' }] });
  });

  it('lists readers that are not ours, with what they hold', async () => {
    const put = async (id: string, token: string, body: object) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const url = `${address}/api/v1/consumers/${id}/checkpoint`;
      const response = await fetch(url, { method: 'PUT', headers, body: JSON.stringify(body) });
      return { status: response.status, body: await response.json() };
    };
    const mine = await identity.token(['reader'], { sub: 'warehouse' });
    const hash = 'a'.repeat(64);
    expect(await put('warehouse', mine, { scheme, revision: 1, hash })).toMatchObject({
      status: 200,
      body: { behind: 0, isHashRight: false },
    });
    const right = history.revisions[0]?.inForce.contentHash;
    expect(await put('warehouse', mine, { scheme, revision: 1, hash: right })).toMatchObject({
      body: { isHashRight: true },
    });
    const other = await identity.token(['reader'], { sub: 'other' });
    expect(await put('warehouse', other, { scheme, revision: 1, hash })).toMatchObject({ status: 403 });
    expect(await put('Ware house', mine, { scheme, revision: 1, hash })).toMatchObject({ status: 400 });
    expect(await put('w', mine, { scheme, revision: 0, hash: 'x' })).toMatchObject({ status: 400 });
    expect(await get('/api/v1/consumers')).toMatchObject({ body: { items: [{ id: 'warehouse' }] } });
  });

  it('keeps what people did for auditors, under random ids', async () => {
    expect((await get('/api/v1/audit')).status).toBe(401);
    const headers = { authorization: `Bearer ${await identity.token(['auditor'])}` };
    const answer = await fetch(`${address}/api/v1/audit?subject=target/demo-crm`, { headers });
    expect(await answer.json()).toMatchObject({
      items: [
        { action: 'target-created' },
        { action: 'target-paused' },
        { action: 'target-resumed' },
        { action: 'target-retried' },
        { action: 'target-paused', details: { reason: 'maintenance' } },
        { action: 'target-resumed' },
        { action: 'target-quarantined', details: { reason: 'looked at' } },
        { action: 'target-released' },
      ].map((entry) => expect.objectContaining(entry)),
      next: null,
    });
  });

  it('erases a person for an administrator, but for themselves', async () => {
    const [administrator, auditor] = await Promise.all([
      identity.token(['administrator'], { sub: 'ada' }),
      identity.token(['auditor'], { sub: 'otto' }),
    ]);
    const erase = async (id: string, token: string) => {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`${address}/api/v1/persons/${id}`, { method: 'DELETE', headers });
      return { status: answer.status, body: await answer.json() };
    };
    const persons = async () => personsAnswer.parse((await get('/api/v1/persons', auditor)).body).items;
    const warehouse = (await persons()).find(({ subject }) => subject === 'warehouse')?.id ?? '';
    expect((await erase(warehouse, auditor)).status).toBe(403);
    expect((await erase('nobody', administrator)).status).toBe(400);
    expect(await erase(warehouse, administrator)).toMatchObject({
      status: 200,
      body: { items: [{ id: warehouse, subject: null }] },
    });
    const ada = (await persons()).find(({ subject }) => subject === 'ada')?.id ?? '';
    expect(await erase(ada, administrator)).toMatchObject({ status: 409 });
    expect(await get(`/api/v1/audit?subject=person/${warehouse}`, auditor)).toMatchObject({
      body: { items: [{ action: 'person-erased', actor: ada }] },
    });
    expect((await persons()).map(({ subject }) => subject)).not.toContain('warehouse');
    const [page, odd] = await Promise.all([
      get('/api/v1/persons?limit=1', auditor),
      get('/api/v1/persons?limit=0&cursor=ada', auditor),
    ]);
    expect(personsAnswer.parse(page.body).next).not.toBeNull();
    expect(odd).toMatchObject({ status: 400 });
  });

  it('answers no odd path or query with an error of its own', async () => {
    const { paths } = apiDocument.parse((await get('/api/v1/openapi.json')).body);
    const token = await identity.token(['reader', 'operator', 'administrator', 'auditor']);
    const good: Record<string, string> = { id: 'demo-crm', scheme, revision: '1', code: 'A1' };
    const odd = [
      `x ${'-'.repeat(36)}`,
      `A1 ${'f'.repeat(8)}-${'f'.repeat(4)}`,
      'a\0b',
      '99999999999999999999',
      '-1',
      '1e400',
      '\'"\\%_',
      '2026-02-31',
      '\u{10FFFF}',
    ].map(encodeURIComponent);
    const asked = Object.entries(paths).flatMap(([path, { get: operation }]) => {
      if (!operation || path.endsWith('/live')) return [];
      const known = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => good[name] ?? conceptNumber(1));
      return operation.parameters.flatMap(({ in: place, name }) =>
        [...odd, '%ED%A0%80'].map((value) =>
          place === 'query' ? `${known}?${name}=${value}` : path.replaceAll(/\{(\w+)\}/g, value),
        ),
      );
    });
    expect(asked.length).toBeGreaterThan(200);
    const broken: string[] = [];
    for (const path of new Set(asked)) if ((await get(path, token)).status === 500) broken.push(path);
    expect(broken).toEqual([]);
  });

  it.each([
    ['a name', { organisations: [{ id: 'demo', name: 'a\0b' }] }],
    ['half a character', { organisations: [{ id: 'demo', name: 'a\ud800' }] }],
    ['a user', { systems: [{ ...targetsFile.systems[0], user: '\0' }] }],
    ['a secret', { systems: [{ ...targetsFile.systems[0], secret: 'env:TARGET_\0' }] }],
    ['a rate', { systems: [{ ...targetsFile.systems[0], rateLimitPerSecond: 1e-60 }] }],
    ['a language', { profiles: [{ ...targetsFile.profiles[0], language: '\0' }] }],
    ['a setting', { profiles: [{ ...targetsFile.profiles[0], settings: { object: 'x\0' } }] }],
    ['a name of a setting', { targets: [{ ...targetsFile.targets[0], settings: { 'x\0': 1 } }] }],
    ['a map', { targets: [{ ...targetsFile.targets[0], scheme: 'x\0' }] }],
  ])('refuses a targets file with what cannot be stored: %s', async (_, change) => {
    const token = await identity.token(['administrator']);
    const answer = await post('/api/v1/targets-file', token, { ...targetsFile, ...change });
    expect(answer).toMatchObject({ status: 422, body: { type: '/problems/targets-file' } });
  });

  it('answers what it does not know with a problem', async () => {
    for (const path of ['targets/nowhere', 'targets/nowhere/stuck', 'codes/X9', 'schemes/nowhere/replica']) {
      const { status, type } = await get(`/api/v1/${path}`);
      expect([path, status, type]).toEqual([path, 404, expect.stringContaining('application/problem+json')]);
    }
    expect(await get('/api/v1/codes/A1.1')).toMatchObject({
      status: 200,
      body: { code: 'A1.1', targets: [] },
    });
  });

  it('changes what one target has to itself, for an administrator who has seen its present state', async () => {
    const path = `${address}/api/v1/targets/demo-crm/configuration`;
    const as = async (role: 'operator' | 'administrator', ifMatch?: string | null) =>
      fetch(path, {
        method: 'PATCH',
        headers: {
          authorization: `Bearer ${await identity.token([role])}`,
          'content-type': 'application/merge-patch+json',
          ...(ifMatch && { 'if-match': ifMatch }),
        },
        body: JSON.stringify({ settings: { longestTitle: 200 } }),
      });
    const seen = await fetch(path, {
      headers: { authorization: `Bearer ${await identity.token(['operator'])}` },
    });
    const etag = seen.headers.get('etag');
    expect((await as('operator', etag)).status).toBe(403);
    expect((await as('administrator')).status).toBe(428);
    const changed = await as('administrator', etag);
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
    expect(await changed.json()).toMatchObject({
      settings: { longestTitle: 200 },
      history: expect.arrayContaining([expect.objectContaining({ action: 'target-changed' })]),
    });
    expect((await as('administrator', etag)).status).toBe(412);
  });

  it('describes itself, and measures by driver', async () => {
    const { body } = await get('/api/v1/openapi.json');
    expect(body).toMatchObject({ openapi: '3.1.0' });
    const metrics = await (await fetch(`${address}/metrics`)).text();
    expect(metrics).toMatch(/^connector_targets\{driver="crm-sobject",state="\w+",app="connector"\} 1$/m);
    expect(metrics).toMatch(/^connector_lag_changes\{driver="crm-sobject",app="connector"\} 3$/m);
    expect(metrics).toMatch(/^loop_last_turn_age_seconds\{loop="delivery",app="connector"\}/m);
    expect(metrics).toMatch(/^connector_replica_revision\{scheme="[\w-]+",app="connector"\} \d+$/m);
    expect(metrics).toMatch(/^connector_replica_waiting_seconds\{scheme="[\w-]+",app="connector"\} 0$/m);
    expect(metrics).toMatch(/^connector_stuck_age_seconds\{driver="crm-sobject",app="connector"\} [\d.]+$/m);
    expect(metrics).toContain('# TYPE connector_stage_seconds histogram');
  });
});

/** The reason why a message with this key was put aside. */
async function readDeadLetter(key: string): Promise<string | undefined> {
  const found = Promise.withResolvers<string | undefined>();
  const stop = new AbortController();
  const consumption = consumeBatches({
    kafka,
    groupId: uniqueName('dead-letters'),
    topics: [deadLetterTopic(topics.changes.name)],
    handle: async ({ messages }) => {
      const letter = messages.find((candidate) => candidate.key?.toString() === key);
      if (letter) found.resolve(letter.headers?.['dead-letter-reason']?.toString());
    },
    signal: stop.signal,
    logger,
  });
  const reason = await found.promise;
  stop.abort();
  await consumption.finished;
  return reason;
}
