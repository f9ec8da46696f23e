import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { controlOf } from '../testing/control.ts';
import { startSandbox, type RunningSandbox } from '../testing/start-sandbox.ts';
import { schemaId } from './schema.ts';

const messages = 'urn:ietf:params:scim:api:messages:2.0';
const resource = z.looseObject({
  id: z.string(),
  code: z.string(),
  meta: z.looseObject({ version: z.string() }),
});
const listed = z.looseObject({
  totalResults: z.number(),
  itemsPerPage: z.number(),
  Resources: z.array(resource),
});
const bulk = z.looseObject({
  Operations: z.array(z.looseObject({ status: z.string(), location: z.string().optional() })),
});

let sandbox: RunningSandbox;
let control: ReturnType<typeof controlOf>;
beforeAll(async () => {
  sandbox = await startSandbox();
  control = controlOf(sandbox.url);
});
afterEach(() => control.clearFaults());
afterAll(() => sandbox.stop());

const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  fetch(`${sandbox.url}/scim/v2${path}`, {
    method,
    headers: { authorization: 'Bearer mappa-hr-secret', 'content-type': 'application/scim+json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const activity = (code: string, more: object = {}) => ({ schemas: [schemaId], code, ...more });
const create = async (code: string, more: object = {}) => {
  const response = await call('POST', '/ActivityCodes', activity(code, more));
  expect(response.status).toBe(201);
  return resource.parse(await response.json());
};
const refusal = async (response: Response) => {
  const { status, scimType } = z
    .object({ status: z.string(), scimType: z.string().optional() })
    .parse(await response.json());
  return [response.status, status, scimType];
};
const find = async (filter: string, more = '') =>
  listed.parse(
    await (await call('GET', `/ActivityCodes?filter=${encodeURIComponent(filter)}${more}`)).json(),
  );
const patch = (id: string, Operations: object[], headers = {}) =>
  call('PATCH', `/ActivityCodes/${id}`, { schemas: [`${messages}:PatchOp`], Operations }, headers);
const runBulk = async (Operations: object[], more: object = {}) => {
  const response = await call('POST', '/Bulk', { schemas: [`${messages}:BulkRequest`], Operations, ...more });
  return { status: response.status, ...bulk.catch({ Operations: [] }).parse(await response.json()) };
};

describe('the service', () => {
  test('wants its token, and describes itself', async () => {
    expect((await fetch(`${sandbox.url}/scim/v2/ActivityCodes`)).status).toBe(401);
    expect(await (await call('GET', '/ServiceProviderConfig')).json()).toMatchObject({
      bulk: { supported: true, maxOperations: 1000 },
      filter: { maxResults: 200 },
      etag: { supported: true },
    });
    expect(await (await call('GET', '/ResourceTypes')).json()).toMatchObject({
      Resources: [{ endpoint: '/ActivityCodes' }],
    });
    expect(await (await call('GET', `/Schemas/${schemaId}`)).json()).toMatchObject({ id: schemaId });
  });
});

describe('a resource', () => {
  test('is made, read and found again by its code and our id', async () => {
    const made = await create('A1', { externalId: 'x-1', title: 'Perché', active: true, level: 2 });
    const response = await call('GET', `/ActivityCodes/${made.id}`);
    expect(response.headers.get('etag')).toBe('W/"1"');
    expect(await response.json()).toEqual(made);
    expect((await find('externalId eq "x-1" and active eq true')).Resources).toEqual([made]);
    expect((await find('code eq "A1" or code eq "nothing"')).totalResults).toBe(1);
    expect((await find('not (active eq false) and code co "A1"')).totalResults).toBe(1);
  });

  test('is shown with the attributes that are wanted', async () => {
    const { id } = await create('W1', { title: 'Titolo', level: 3 });
    const wanted = await call('GET', `/ActivityCodes/${id}?attributes=code,${schemaId}:level`);
    expect(await wanted.json()).toEqual({ schemas: [schemaId], id, code: 'W1', level: 3 });
    const found = await call('POST', '/.search', {
      filter: 'code eq "W1"',
      excludedAttributes: ['title', 'meta'],
    });
    expect(await found.json()).toMatchObject({
      Resources: [{ schemas: [schemaId], id, code: 'W1', level: 3 }],
    });
    expect((await call('DELETE', '/Schemas')).status).toBe(405);
  });

  test('has a code that no other has; externalId may repeat', async () => {
    await create('U1', { externalId: 'same' });
    const other = await create('U2', { externalId: 'same' });
    expect(await refusal(await call('POST', '/ActivityCodes', activity('U1')))).toEqual([
      409,
      '409',
      'uniqueness',
    ]);
    const renamed = await patch(other.id, [{ op: 'replace', path: 'code', value: 'U1' }]);
    expect(await refusal(renamed)).toEqual([409, '409', 'uniqueness']);
  });

  test('loses by PUT what the body does not name', async () => {
    const made = await create('P1', { title: 'Prima', active: true });
    const put = await call('PUT', `/ActivityCodes/${made.id}`, activity('P1', { active: false }));
    const replaced = z
      .looseObject({ title: z.string().optional(), active: z.boolean() })
      .parse(await put.json());
    expect([put.status, replaced.title, replaced.active]).toEqual([200, undefined, false]);
    expect(await refusal(await call('PUT', '/ActivityCodes/unknown', activity('P2')))).toEqual([
      404,
      '404',
      undefined,
    ]);
  });

  test('changes by PATCH only what is named', async () => {
    const made = await create('H1', { title: 'Prima', parent: { value: 'p-1' } });
    const response = await patch(made.id, [
      { op: 'Replace', path: `${schemaId}:title`, value: 'Dopo' },
      { op: 'add', value: { validTo: '2026-12-31T22:59:59Z', active: false } },
      { op: 'remove', path: 'parent' },
    ]);
    const changed: unknown = await response.json();
    expect(changed).toMatchObject({
      code: 'H1',
      title: 'Dopo',
      validTo: '2026-12-31T22:59:59Z',
      active: false,
    });
    expect(changed).not.toHaveProperty('parent');
    expect(await refusal(await patch(made.id, [{ op: 'replace', path: 'nope', value: 1 }]))).toEqual([
      400,
      '400',
      'invalidPath',
    ]);
    expect(await refusal(await patch(made.id, [{ op: 'replace', path: 'active', value: 'x' }]))).toEqual([
      400,
      '400',
      'invalidValue',
    ]);
    expect(await refusal(await patch(made.id, [{ op: 'replace', path: 'id', value: 'x' }]))).toEqual([
      400,
      '400',
      'mutability',
    ]);
  });

  test('changed by two people: the stale version is refused', async () => {
    const made = await create('E1');
    const ifMatch = { 'if-match': made.meta.version };
    const retitle = (value: string, headers = {}) =>
      patch(made.id, [{ op: 'replace', path: 'title', value }], headers);
    expect((await retitle('uno', ifMatch)).status).toBe(200);
    expect((await retitle('due', ifMatch)).status).toBe(412);
    expect((await call('DELETE', `/ActivityCodes/${made.id}`, undefined, ifMatch)).status).toBe(412);
    expect((await call('DELETE', `/ActivityCodes/${made.id}`)).status).toBe(204);
    expect((await call('GET', `/ActivityCodes/${made.id}`)).status).toBe(404);
  });

  test('with wrong values is refused with all its problems', async () => {
    const response = await call('POST', '/ActivityCodes', activity('', { active: 'x', validTo: 'domani' }));
    const body = z.object({ detail: z.string(), scimType: z.string() }).parse(await response.json());
    expect(response.status).toBe(400);
    expect(body.detail).toMatch(/code.*active.*validTo/);
    expect(await refusal(await call('GET', '/ActivityCodes?filter=code%20zz%20%22x%22'))).toEqual([
      400,
      '400',
      'invalidFilter',
    ]);
  });
});

describe('bulk', () => {
  test('references may point backward and forward; every operation has its own status', async () => {
    await create('B0');
    const post = (bulkId: string, data: object) => ({ method: 'POST', path: '/ActivityCodes', bulkId, data });
    const { Operations } = await runBulk([
      post('child', activity('B1.1', { parent: { value: 'bulkId:parent' } })),
      post('parent', activity('B1')),
      post('twin', activity('B0')),
      post('orphan', activity('B2.1', { parent: { value: 'bulkId:twin' } })),
      {
        method: 'PATCH',
        path: '/ActivityCodes/bulkId:parent',
        data: {
          schemas: [`${messages}:PatchOp`],
          Operations: [{ op: 'replace', path: 'title', value: 'Padre' }],
        },
      },
      { method: 'DELETE', path: '/ActivityCodes/unknown' },
    ]);
    expect(Operations.map(({ status }) => status)).toEqual(['201', '201', '409', '409', '200', '404']);
    const held = (await control.records('scim')).filter(({ code }) => code?.startsWith('B1'));
    expect(held).toMatchObject([
      { code: 'B1', title: 'Padre', parentCode: null },
      { code: 'B1.1', parentCode: 'B1' },
    ]);
  });

  test('stops after as many errors as it was told, and takes at most 1000 operations', async () => {
    const gone = { method: 'DELETE', path: '/ActivityCodes/unknown' };
    expect((await runBulk([gone, gone, gone], { failOnErrors: 2 })).Operations).toHaveLength(2);
    expect((await runBulk(Array.from({ length: 1_001 }, () => gone))).status).toBe(413);
  });

  test('makes 450 codes, listed 200 a page', async () => {
    const codes = Array.from({ length: 450 }, (_, i) => ({
      method: 'POST',
      path: '/ActivityCodes',
      bulkId: `l${i}`,
      data: activity(`L${i}`, { externalId: `l-${i}` }),
    }));
    expect(new Set((await runBulk(codes)).Operations.map(({ status }) => status))).toEqual(new Set(['201']));
    const page = (startIndex: number) => find('externalId sw "l-"', `&startIndex=${startIndex}&count=1000`);
    const pages = [await page(1), await page(201), await page(401)];
    expect(pages.map(({ itemsPerPage }) => itemsPerPage)).toEqual([200, 200, 50]);
    expect(new Set(pages.flatMap(({ Resources }) => Resources.map(({ id }) => id))).size).toBe(450);
  });
});

describe('faults', () => {
  test('a refused code is an invalid value', async () => {
    await control.setFault('scim', { refuseCode: ['F1'] });
    expect(await refusal(await call('POST', '/ActivityCodes', activity('F1')))).toEqual([
      400,
      '400',
      'invalidValue',
    ]);
  });

  test('a busy server answers in the words of SCIM', async () => {
    await control.setFault('scim', { status: 503, retryAfter: 7 });
    const response = await call('GET', '/ActivityCodes');
    expect([response.headers.get('retry-after'), response.headers.get('content-type')]).toEqual([
      '7',
      'application/scim+json; charset=utf-8',
    ]);
    expect(await refusal(response)).toEqual([503, '503', undefined]);
  });

  test('after a lost answer the code is taken', async () => {
    await control.setFault('scim', { drop: 'after', times: 1 });
    await expect(call('POST', '/ActivityCodes', activity('D1'))).rejects.toThrow('fetch failed');
    expect((await call('POST', '/ActivityCodes', activity('D1'))).status).toBe(409);
  });
});

test('a restart keeps the codes and their versions, and clears the faults', async () => {
  const made = await create('R1', { validTo: '2026-12-31T22:59:59Z', externalId: 'r-1' });
  await control.setFault('scim', { status: 503 });
  await sandbox.restart();
  expect(await (await call('GET', `/ActivityCodes/${made.id}`)).json()).toEqual(made);
  const held = (await control.records('scim')).find(({ code }) => code === 'R1');
  expect(held).toMatchObject({ key: 'r-1', validTo: '2026-12-31' });
});
