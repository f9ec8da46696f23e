import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { seededApi, type SeededApi } from './testing/seeded-api.ts';
import { seedFolder } from './testing/seed.ts';

let catalog: SeededApi;
let editor: string;
let approver: string;
const map = '/schemes/processi-camerali';

beforeAll(async () => {
  catalog = await seededApi();
  editor = await catalog.token('editor', 'editor', 'administrator');
  approver = await catalog.token('approver', 'approver');
});
afterAll(() => catalog.close());

async function ask(
  method: string,
  path: string,
  {
    body,
    file,
    token = editor,
    language,
  }: Partial<Record<'file' | 'token' | 'language', string>> & { body?: unknown } = {},
): Promise<Response> {
  return fetch(`${catalog.api}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'if-match': '*',
      ...(language === undefined ? {} : { 'accept-language': language }),
      ...(body === undefined && file === undefined
        ? {}
        : { 'content-type': file === undefined ? 'application/json' : 'text/csv' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(file === undefined ? {} : { body: file }),
  });
}

const answerSchema = z.looseObject({
  id: z.string().optional(),
  state: z.string().optional(),
  detail: z.string().optional(),
  findings: z.array(z.looseObject({ rule: z.string(), message: z.string() })).default([]),
  problems: z.array(z.looseObject({ path: z.string().optional(), message: z.string() })).default([]),
  items: z.array(z.looseObject({ message: z.string().optional() })).default([]),
});
const json = async (...asked: Parameters<typeof ask>) =>
  answerSchema.parse(await (await ask(...asked)).json());

async function draft(...edits: object[]): Promise<string> {
  const { id = '' } = await json('POST', `${map}/drafts`, { body: {} });
  expect((await ask('PATCH', `/drafts/${id}/entries`, { body: { edits } })).status).toBe(200);
  return id;
}

test('what is stored of an import is told in the language of whoever reads it', async () => {
  const { id } = await json('POST', `${map}/imports`, { body: { format: 'csv' } });
  const file = 'codice,titolo,colore\nA1,Uno,x\nA1,Due,\nA1,"Tre,\n';
  expect((await ask('PUT', `/imports/${id}/file`, { file })).status).toBe(202);
  await expect
    .poll(async () => (await json('GET', `/imports/${id}`)).state, { timeout: 30_000 })
    .toBe('failed');
  const told = async (language: string) => {
    const { findings } = await json('GET', `/imports/${id}`, { language });
    return findings.map(({ message }) => message);
  };
  expect(await told('it-IT')).toEqual(
    expect.arrayContaining([
      'La colonna "colore" non è conosciuta e non viene letta.',
      'A1 è già alla riga 2, con un altro titolo.',
      'Una virgoletta è aperta e mai chiusa.',
    ]),
  );
  expect(await told('en')).toEqual(
    expect.arrayContaining([
      'The column "colore" is not known and is not read.',
      'A1 stands already on line 2, with another title.',
    ]),
  );
});

test('review, warnings and refusals of a draft are told in both languages', async () => {
  const id = await draft(
    { op: 'retire', entry: 'A1.1.1.2' },
    { op: 'create', code: 'A1.1.1.99', titles: { it: { official: 'Nuova' } } },
  );
  const review = (await json('GET', `/drafts/${id}/review`, { language: 'it' })).findings.map(
    ({ message }) => message,
  );
  expect(review).toContain('A1.1.1.2 cessa, e nessuno ha deciso chi lo sostituisce.');
  const { items } = await json('GET', `/drafts/${id}/warnings`, { language: 'it' });
  expect(items.map(({ message }) => message)).toContain('Prima di A1.1.1.99 manca un numero.');
  expect(await json('POST', `/drafts/${id}/submission`, { language: 'it' })).toMatchObject({
    title: 'La bozza ha errori',
    problems: expect.arrayContaining([
      expect.objectContaining({ message: 'A1.1.1.2 cessa, e nessuno ha deciso chi lo sostituisce.' }),
    ]),
  });
  expect(await json('POST', `/drafts/${id}/submission`)).toMatchObject({ title: 'The draft has errors' });
});

test('a draft that is not approved is refused for that, also when it is to be sealed', async () => {
  const id = await draft({ op: 'retire', entry: 'A1.1.1.2' });
  const body = { effectiveDate: '2099-01-01' };
  expect(await json('POST', `/drafts/${id}/publication`, { body, token: approver })).toMatchObject({
    type: '/problems/draft-state',
  });
  expect(await json('POST', `/drafts/${id}/publication`, { token: approver, language: 'it' })).toMatchObject({
    type: '/problems/draft-state',
    title: 'Questo non si può fare alla bozza come sta ora',
  });
});

test('every mistake in an edition is told with its path', async () => {
  const { edition } = await seedFolder();
  const [level] = edition.levels;
  const body = {
    format: 'csv',
    edition: {
      ...edition,
      label: undefined,
      effectiveDate: '1 January',
      levels: [{ ...level, pattern: '(' }, { depth: 0 }],
    },
  };
  const { problems } = await json('POST', `${map}/imports`, { body });
  expect(problems.map(({ path, message }) => `${path}: ${message}`)).toEqual([
    'edition.label: It is missing.',
    'edition.effectiveDate: It must be a day such as 2026-01-31.',
    'edition.levels[0].pattern: is not a regular expression',
    'edition.levels[1].depth: It must be at least 1.',
    'edition.levels[1].names: It is missing.',
  ]);
});

test('documents are in the language of the address, else of Accept-Language, else Italian', async () => {
  const print = async (query: string, language?: string) => {
    const answer = await ask('GET', `${map}/revisions/1/print.html${query}`, language ? { language } : {});
    return [
      answer.headers.get('content-language'),
      answer.headers.get('vary'),
      /<html lang="(\w+)"/.exec(await answer.text())?.[1],
    ];
  };
  expect(await print('', 'en-GB,en;q=0.9')).toEqual(['en', 'accept-language', 'en']);
  expect(await print('', 'fr')).toEqual(['it', 'accept-language', 'it']);
  expect(await print('')).toEqual(['it', 'accept-language', 'it']);
  expect(await print('?lang=it', 'en')).toEqual(['it', null, 'it']);
});

test('what does not exist is told as that', async () => {
  expect(await json('POST', `${map}/revisions/9/rollback`)).toMatchObject({
    type: '/problems/revision-unknown',
    detail: 'There is no revision 9.',
  });
});

test('a body that is not there is an empty one', async () => {
  expect((await ask('POST', `${map}/drafts`)).status).toBe(201);
});
