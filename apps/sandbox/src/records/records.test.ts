import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { cmisClient, propertyFields } from '../testing/cmis-client.ts';
import { controlOf } from '../testing/control.ts';
import { startSandbox, type RunningSandbox } from '../testing/start-sandbox.ts';

const mappa = '101';
let sandbox: RunningSandbox;
let cmis: ReturnType<typeof cmisClient>;
let control: ReturnType<typeof controlOf>;

beforeAll(async () => {
  sandbox = await startSandbox();
  cmis = cmisClient(sandbox.url);
  control = controlOf(sandbox.url);
});
afterEach(() => control.clearFaults());
afterAll(() => sandbox.stop());

describe('the repository', () => {
  test('wants HTTP Basic', async () => {
    expect((await fetch(cmis.repository)).status).toBe(401);
  });

  test('describes itself, and holds /mappa and the type act:code from the start', async () => {
    expect(await (await cmis.get(`${sandbox.url}/cmis/browser`)).json()).toMatchObject({
      proto: { rootFolderId: '100', cmisVersionSupported: '1.1', rootFolderUrl: `${cmis.repository}/root` },
    });
    expect(
      await cmis.propertiesOf(
        await cmis.get(`${cmis.repository}/root/mappa?cmisselector=object&succinct=true`),
      ),
    ).toMatchObject({
      'cmis:objectId': mappa,
      'cmis:path': '/mappa',
    });
    expect(
      await (await cmis.get(`${cmis.repository}?cmisselector=typeDefinition&typeId=act:code`)).json(),
    ).toMatchObject({
      baseId: 'cmis:folder',
      propertyDefinitions: { 'act:ext': { propertyType: 'string' }, 'cmis:name': { inherited: true } },
    });
    expect(
      await cmis.refusal(await cmis.get(`${cmis.repository}?cmisselector=typeDefinition&typeId=nope`)),
    ).toEqual([404, 'objectNotFound']);
  });

  test('takes a new type once', async () => {
    const type = JSON.stringify({
      id: 'x:type',
      baseId: 'cmis:folder',
      parentId: 'cmis:folder',
      propertyDefinitions: { 'x:key': { id: 'x:key', propertyType: 'string', cardinality: 'single' } },
    });
    expect((await cmis.post(cmis.repository, { cmisaction: 'createType', type })).status).toBe(201);
    expect(await cmis.refusal(await cmis.post(cmis.repository, { cmisaction: 'createType', type }))).toEqual([
      400,
      'invalidArgument',
    ]);
  });
});

describe('a folder', () => {
  test('keeps its properties, in both forms of the answer', async () => {
    const { id } = await cmis.made(mappa, 'K1 Perché', {
      'act:title': 'Perché: è così?',
      'act:active': 'true',
      'act:validTo': '1798671599000',
    });
    expect(
      await cmis.propertiesOf(
        await cmis.get(
          `${cmis.at(id)}&cmisselector=object&succinct=true&filter=act:title,act:active,act:validTo`,
        ),
      ),
    ).toEqual({
      'cmis:objectId': id,
      'act:title': 'Perché: è così?',
      'act:active': true,
      'act:validTo': 1_798_671_599_000,
    });
    expect(await (await cmis.get(`${cmis.at(id)}&cmisselector=object`)).json()).toMatchObject({
      properties: {
        'act:title': { id: 'act:title', type: 'string', cardinality: 'single', value: 'Perché: è così?' },
      },
    });
    expect(
      (await cmis.get(`${cmis.repository}/root/mappa/${encodeURIComponent('K1 Perché')}?cmisselector=object`))
        .status,
    ).toBe(200);
  });

  test('whose form has no _charset_ is stored garbled, as the real server does; a urlencoded one is not', async () => {
    const { id } = await cmis.made(mappa, 'K2');
    const fields = { cmisaction: 'update', ...propertyFields({ 'act:title': 'perché' }) };
    expect(await cmis.propertiesOf(await cmis.post(cmis.at(id), fields))).toMatchObject({
      'act:title': 'perchÃ©',
    });
    const urlencoded = (form: Readonly<Record<string, string>>) => new URLSearchParams(form);
    expect(await cmis.propertiesOf(await cmis.post(cmis.at(id), fields, urlencoded))).toMatchObject({
      'act:title': 'perché',
    });
  });

  test('has a name of its own among its siblings, without forbidden signs', async () => {
    await cmis.made(mappa, 'N1');
    expect(await cmis.refusal(await cmis.create(mappa, 'N1'))).toEqual([409, 'nameConstraintViolation']);
    expect(await cmis.refusal(await cmis.create(mappa, 'a/b'))).toEqual([400, 'invalidArgument']);
    expect(await cmis.refusal(await cmis.create('99999', 'N2'))).toEqual([404, 'objectNotFound']);
    const { id } = await cmis.made(mappa, 'N3');
    expect(await cmis.refusal(await cmis.update(id, { 'cmis:name': 'N1' }))).toEqual([
      409,
      'nameConstraintViolation',
    ]);
    expect((await cmis.update(id, { 'cmis:name': 'N4' })).status).toBe(200);
  });

  test('is refused unknown properties, values of the wrong type, and what only the server writes', async () => {
    const { id } = await cmis.made(mappa, 'T1');
    expect(await cmis.refusal(await cmis.update(id, { 'act:zzz': '1' }))).toEqual([400, 'invalidArgument']);
    expect(await cmis.refusal(await cmis.update(id, { 'act:validTo': '2026-12-31' }))).toEqual([
      400,
      'invalidArgument',
    ]);
    expect(await cmis.refusal(await cmis.update(id, { 'cmis:objectId': '7' }))).toEqual([409, 'constraint']);
  });

  test('changed by two people: the stale change token is a conflict, without one the last wins', async () => {
    const { id, token } = await cmis.made(mappa, 'C1');
    const changed = await cmis.propertiesOf(
      await cmis.update(id, { 'act:title': 'uno' }, { changeToken: token }),
    );
    expect(changed['cmis:changeToken']).not.toBe(token);
    expect(await cmis.refusal(await cmis.update(id, { 'act:title': 'due' }, { changeToken: token }))).toEqual(
      [409, 'updateConflict'],
    );
    expect((await cmis.update(id, { 'act:title': 'tre' })).status).toBe(200);
  });

  test('moves with the same change token, never below itself, and only from where it is', async () => {
    const [from, to] = [await cmis.made(mappa, 'V1'), await cmis.made(mappa, 'V2')];
    const child = await cmis.made(from.id, 'V1.1');
    const move = (id: string, source: string, target: string) =>
      cmis.post(cmis.at(id), { cmisaction: 'move', sourceFolderId: source, targetFolderId: target });
    const moved = await move(child.id, from.id, to.id);
    expect(moved.status).toBe(201);
    expect(await cmis.propertiesOf(moved)).toMatchObject({
      'cmis:parentId': to.id,
      'cmis:changeToken': child.token,
    });
    expect(await cmis.refusal(await move(child.id, from.id, to.id))).toEqual([405, 'notSupported']);
    expect(await cmis.refusal(await move(to.id, mappa, child.id))).toEqual([405, 'notSupported']);
  });

  test('is deleted once, and only when it is empty', async () => {
    const parent = await cmis.made(mappa, 'D1');
    const child = await cmis.made(parent.id, 'D1.1');
    const remove = (id: string) => cmis.post(cmis.at(id), { cmisaction: 'delete' });
    expect(await cmis.refusal(await remove(parent.id))).toEqual([409, 'constraint']);
    expect((await remove(child.id)).status).toBe(200);
    expect(await cmis.refusal(await remove(child.id))).toEqual([404, 'objectNotFound']);
    expect(await cmis.refusal(await remove(mappa))).toEqual([403, 'permissionDenied']);
  });

  test('that is stale is absent from the answer of a bulk update', async () => {
    const [a, b] = [await cmis.made(mappa, 'B1'), await cmis.made(mappa, 'B2')];
    const response = await cmis.post(cmis.repository, {
      cmisaction: 'bulkUpdate',
      'objectId[0]': a.id,
      'changeToken[0]': a.token,
      'objectId[1]': b.id,
      'changeToken[1]': '1',
      ...propertyFields({ 'act:active': 'false' }),
    });
    expect(await response.json()).toMatchObject([{ id: a.id }]);
  });
});

describe('reading', () => {
  test('children come in pages, descendants as a tree', async () => {
    const { id } = await cmis.made(mappa, 'L');
    for (const name of ['L1', 'L2', 'L3']) await cmis.made((await cmis.made(id, name)).id, `${name}.1`);
    const page = (skipCount: number) => cmis.children(id, `&maxItems=2&skipCount=${skipCount}`);
    expect(await page(0)).toMatchObject({ hasMoreItems: true, numItems: 3 });
    expect((await page(2)).objects.map(({ object }) => object.succinctProperties['cmis:name'])).toEqual([
      'L3',
    ]);
    const tree = await (
      await cmis.get(`${cmis.at(id)}&cmisselector=descendants&depth=-1&succinct=true&filter=cmis:name`)
    ).json();
    expect(tree).toMatchObject([
      { object: { object: { succinctProperties: { 'cmis:name': 'L1' } } }, children: [{ object: {} }] },
      {},
      {},
    ]);
  });

  test('queries find by value, by list and below a folder, in order and in pages', async () => {
    const { id } = await cmis.made(mappa, 'Q');
    for (const code of ['Q.1', 'Q.2', 'Q.3'])
      await cmis.made(id, code, { 'act:cod': code, 'act:ext': `ext-${code}` });
    const one = await cmis.query(
      `SELECT cmis:objectId, act:cod AS code FROM act:code WHERE act:ext = 'ext-Q.2'`,
    );
    expect(one.results.map(({ succinctProperties }) => succinctProperties['code'])).toEqual(['Q.2']);
    const some = await cmis.query(
      `SELECT act:cod FROM act:code WHERE act:ext IN ('ext-Q.1', 'ext-Q.3') AND IN_TREE('${mappa}') ORDER BY act:cod DESC`,
    );
    expect(some.results.map(({ succinctProperties }) => succinctProperties['act:cod'])).toEqual([
      'Q.3',
      'Q.1',
    ]);
    const below = await cmis.query(
      `SELECT * FROM act:code WHERE IN_TREE('${id}') ORDER BY act:cod`,
      '&maxItems=2&skipCount=1',
    );
    expect(below).toMatchObject({ numItems: 3, hasMoreItems: false });
    expect(below.results[0]?.succinctProperties).toMatchObject({
      'act:cod': 'Q.2',
      'cmis:path': '/mappa/Q/Q.2',
    });
  });

  test('queries that cannot be read are refused', async () => {
    const ask = (q: string) => cmis.get(`${cmis.repository}?cmisselector=query&q=${encodeURIComponent(q)}`);
    expect(await cmis.refusal(await ask('SELEC x'))).toEqual([400, 'invalidArgument']);
    expect(await cmis.refusal(await ask('SELECT x:y FROM act:code'))).toEqual([400, 'invalidArgument']);
    expect(await cmis.refusal(await ask('SELECT * FROM no:type'))).toEqual([400, 'invalidArgument']);
  });
});

describe('faults', () => {
  test('a refused code violates a constraint', async () => {
    await control.setFault('cmis', { refuseCode: 'X1' });
    expect(await cmis.refusal(await cmis.create(mappa, 'X1', { 'act:cod': 'X1' }))).toEqual([
      409,
      'constraint',
    ]);
  });

  test('a busy server says so in the words of CMIS', async () => {
    await control.setFault('cmis', { status: 429, retryAfter: '3' });
    const response = await cmis.get(cmis.repository);
    expect(response.headers.get('retry-after')).toBe('3');
    expect(await cmis.refusal(response)).toEqual([429, 'tooManyRequests']);
  });

  test('after a lost answer the folder is there, and making it again is a conflict', async () => {
    await control.setFault('cmis', { drop: 'after', times: 1 });
    await expect(cmis.create(mappa, 'Y1')).rejects.toThrow('fetch failed');
    expect(await cmis.refusal(await cmis.create(mappa, 'Y1'))).toEqual([409, 'nameConstraintViolation']);
  });

  test('a lost folder takes what is below it along', async () => {
    const { id } = await cmis.made(mappa, 'Z1', { 'act:cod': 'Z1' });
    await cmis.made(id, 'Z1.1', { 'act:cod': 'Z1.1' });
    expect(await (await control.lose('cmis', 'Z1')).json()).toEqual({ lost: 2 });
    expect((await control.lose('cmis', 'Z1')).status).toBe(404);
  });
});

test('a restart keeps folders and types; people see codes, parents and days in Rome', async () => {
  const parent = await cmis.made(mappa, 'R1', {
    'act:cod': 'R1',
    'act:ext': 'r-1',
    'act:title': 'Radice',
    'act:active': 'true',
  });
  await cmis.made(parent.id, 'R1.1', {
    'act:cod': 'R1.1',
    'act:ext': 'r-2',
    'act:active': 'false',
    'act:validTo': '1798671599000',
  });
  await sandbox.restart();
  expect((await cmis.get(`${cmis.repository}?cmisselector=typeDefinition&typeId=x:type`)).status).toBe(200);
  const held = (await control.records('cmis')).filter(({ code }) => code?.startsWith('R1'));
  expect(held).toMatchObject([
    { key: 'r-1', code: 'R1', title: 'Radice', parentCode: null, active: true, validTo: null },
    { key: 'r-2', code: 'R1.1', parentCode: 'R1', active: false, validTo: '2026-12-30' },
  ]);
});
