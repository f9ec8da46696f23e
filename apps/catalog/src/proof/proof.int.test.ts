import { readNodesOverHttp, verifyMap, type ReadNode } from '#client';
import { nodeAnswerSchema } from '#contracts';
import { isRefusal, orProblem } from '#platform';
import type { Entry } from '#taxonomy';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { editDraft } from '../drafts/edit-draft.ts';
import { openDraft } from '../drafts/open-draft.ts';
import { findRevision, type FoundRevision } from '../reading/find-revision.ts';
import { readOrdered } from '../reading/read-tree.ts';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { editor } from '../testing/people.ts';
import { publishDraft } from '../testing/publish-draft.ts';
import { publishSeed } from '../testing/seed.ts';
import { readNode } from './read-node.ts';

const scheme = 'processi-camerali';
let catalog: CatalogDatabase;
let first: readonly Entry[];
let second: readonly Entry[];

beforeAll(async () => {
  catalog = await catalogDatabase();
  await publishSeed(catalog.db);
  const draft = await openDraft(catalog.db.manager, scheme, editor);
  if (isRefusal(draft)) throw new Error(draft.title.english);
  await editDraft(
    catalog.db,
    draft.id,
    [
      { op: 'change', entry: 'A1.1.1.1', titles: { it: { official: 'Relazione previsionale' } } },
      { op: 'retire', entry: 'A3.1.1.5', successors: ['A3.1.1.7'] },
    ],
    editor,
  );
  await publishDraft(catalog.db, draft.id);
  [first, second] = await Promise.all([entriesAt(1), entriesAt(2)]);
});
afterAll(() => catalog.close());

const revisionAt = async (number: number): Promise<FoundRevision> =>
  orProblem(await findRevision(catalog.db.manager, scheme, number));
const entriesAt = async (number: number) => readOrdered(catalog.db, await revisionAt(number));

/** Verifies entries against a revision, by its published hash and nodes alone. */
const verify = async (entries: readonly Entry[], number: number) => {
  const found = await revisionAt(number);
  const read: ReadNode = async (conceptId) =>
    nodeAnswerSchema.parse(orProblem(await readNode(catalog.db, found, conceptId)));
  const publishedHash = found.revision.contentHash.toString('hex');
  return verifyMap({ scheme, entries, publishedHash }, read);
};
const idOf = (code: string) => first.find((entry) => entry.code === code)?.conceptId;

test('whoever holds a revision proves it by one hash, also an old one', async () => {
  expect(await verify(first, 1)).toEqual({ equal: true, asked: 0 });
  expect(await verify(second, 2)).toEqual({ equal: true, asked: 0 });
});

test('whoever holds an older revision finds what is new in it', async () => {
  expect(await verify(first, 2)).toMatchObject({
    differences: expect.arrayContaining([
      { conceptId: idOf('A1.1.1.1'), kind: 'content' },
      { conceptId: idOf('A3.1.1.5'), kind: 'surplus' },
    ]),
  });
});

test('whoever holds a newer revision finds what was not yet in the older one', async () => {
  const verdict = await verify(second, 1);
  expect(verdict).toMatchObject({
    differences: expect.arrayContaining([
      { conceptId: idOf('A1.1.1.1'), kind: 'content' },
      { conceptId: idOf('A3.1.1.5'), kind: 'missing' },
    ]),
  });
  // The root, and the way down to the two concepts and to them: nothing else of 453.
  expect(verdict.asked).toBe(10);
});

test('whoever holds nothing reads every node, and each says what is hashed', async () => {
  const verdict = await verify([], 1);
  expect(verdict).toMatchObject({ asked: 1 + first.length });
  const differences = verdict.equal ? [] : verdict.differences;
  expect(new Set(differences)).toEqual(
    new Set(first.map(({ conceptId }) => ({ conceptId, kind: 'missing' }))),
  );
});

test('a concept that is not in the revision has no node', async () => {
  const retired = idOf('A3.1.1.5');
  expect(await readNode(catalog.db, await revisionAt(2), retired ?? null)).toMatchObject({
    code: 'entry-unknown',
    status: 404,
  });
});

test('a catalog that does not answer with a node is an error, not a verdict', async () => {
  await expect(readNodesOverHttp('http://127.0.0.1:1', scheme, 1)(null)).rejects.toThrow('fetch failed');
});
