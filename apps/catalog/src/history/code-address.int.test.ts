import type { Edit } from '#contracts';
import { orProblem } from '#platform';
import { codeFrom, conceptIdFrom, conceptIdOf, merkle } from '#taxonomy';
import { Parser } from 'n3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recogniseFormat } from '../imports/formats/index.ts';
import { readFileRows } from '../imports/testing/read-file-rows.ts';
import { openedWith } from '../testing/opened-with.ts';
import { publishDraft } from '../testing/publish-draft.ts';
import { entriesOf } from '../testing/read-rows.ts';
import { seedFolder } from '../testing/seed.ts';
import { seededApi, type SeededApi } from '../testing/seeded-api.ts';

const scheme = 'processi-camerali';
const label = 'Rev. 2023';
const code = 'A1.1.1.4';
const first = conceptIdOf(scheme, label, code);
const second = conceptIdFrom('0dab1a71-1111-4111-8111-000000000001');
const ofEdition = `editions/${encodeURIComponent(label)}/codes/${code}`;
let published: SeededApi;

/** All of them are of one edition: the code of the first concept is retired in revision 2, and another has it from 3 on. */
beforeAll(async () => {
  published = await seededApi();
});
afterAll(() => published.close());

const publishEdits = async (...edits: Edit[]): Promise<void> => {
  orProblem(await publishDraft(published.db, await openedWith(published.db, edits)));
};
const addressOf = (path: string): string => `${published.api}/schemes/${scheme}/${path}`;
const get = async (path: string): Promise<unknown> => (await fetch(addressOf(path))).json();
const resolved = (): Promise<unknown> => get(`resolve?code=${code}&from=${encodeURIComponent(label)}`);

test('a code that its edition has no more keeps its meaning, by its address and by the label', async () => {
  await publishEdits({ op: 'retire', entry: code, successors: [] });
  const ended = { status: 'retired', meant: { conceptId: first } };
  expect(await get(ofEdition)).toMatchObject({ revision: 1, today: ended, alsoMeant: [] });
  expect(await resolved()).toMatchObject({ from: { revision: 1, edition: label }, ...ended });
  expect(await get(`revisions/2/codes/${code}`)).toMatchObject({ status: 404 });
});

test('the address of a code means the same when its edition gives the code to another concept', async () => {
  const titles = { it: { official: 'Tutta un’altra cosa' } };
  await publishEdits({ op: 'create', conceptId: second, code: codeFrom(code), titles });
  expect(await get(ofEdition)).toMatchObject({
    revision: 1,
    entry: { conceptId: first },
    alsoMeant: [addressOf(`revisions/3/codes/${code}`)],
  });
  expect(await get(`revisions/3/codes/${code}`)).toMatchObject({
    edition: label,
    revision: 3,
    concept: addressOf(`concepts/${second}`),
    entry: { conceptId: second },
    today: { status: 'unchanged' },
  });
});

test('a code that stood for two concepts in an edition is ambiguous by its label, and by nothing else', async () => {
  expect(await resolved()).toMatchObject({
    status: 'ambiguous',
    choiceNeeded: true,
    meanings: [
      { from: 1, through: 1, status: 'retired', meant: { conceptId: first } },
      { from: 3, through: 3, status: 'unchanged', meant: { conceptId: second } },
    ],
  });
  expect(await get(`resolve?code=${code}&from=3`)).toMatchObject({
    status: 'unchanged',
    meant: { conceptId: second },
  });
});

test('no address in the linked data is that of two concepts, and each answers the concept that has it', async () => {
  const text = await (await fetch(addressOf('export.ttl'))).text();
  const versions = new Parser()
    .parse(text)
    .filter(
      ({ predicate, object }) => predicate.value.endsWith('/hasVersion') && object.value.endsWith(code),
    );
  const told = versions
    .map(({ subject, object }) => [object.value, subject.value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  expect(told).toEqual([
    [addressOf(ofEdition), addressOf(`concepts/${first}`)],
    [addressOf(`revisions/3/codes/${code}`), addressOf(`concepts/${second}`)],
  ]);
  for (const [address = '', concept] of told)
    expect(await (await fetch(address)).json()).toMatchObject({ concept });
});

test.each(['export.ttl', 'export.jsonld'])('%s is imported as the same map', async (path) => {
  const { edition } = await seedFolder();
  const read = recogniseFormat(path)?.open(edition, {});
  const { rows } = await readFileRows(read, [await (await fetch(addressOf(path))).text()]);
  const { contentHash } = (await get('revisions/3')) as { contentHash: string };
  expect(merkle(scheme, entriesOf(rows)).root).toBe(contentHash);
});

test('a concept that has a code of its edition again answers with the last revision of it, at the same address', async () => {
  await publishEdits({ op: 'retire', entry: second, successors: [] });
  const titles = { it: { official: 'Definizione' } };
  await publishEdits({ op: 'create', conceptId: first, code: codeFrom(code), titles });
  expect(await get(ofEdition)).toMatchObject({
    revision: 5,
    entry: { conceptId: first, titles },
    today: { status: 'unchanged' },
    alsoMeant: [addressOf(`revisions/3/codes/${code}`)],
  });
});
