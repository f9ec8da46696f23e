import type { Edit } from '#contracts';
import { isRefusal, orProblem, run, sql } from '#platform';
import { codeFrom, conceptIdFrom } from '#taxonomy';
import { inWords } from '#words';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { findPair } from '../documents/find-pair.ts';
import { loadComparison } from '../documents/load-comparison.ts';
import { notesMarkdown } from '../documents/notes-markdown.ts';
import { releaseNotes } from '../documents/release-notes.ts';
import { SchemeHistories } from '../resolve/scheme-histories.ts';
import { readSealedChanges } from '../sealing/read-sealed.ts';
import { submit } from '../review/submit.ts';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { DatabaseCatalog } from '../testing/database-catalog.ts';
import { editor } from '../testing/people.ts';
import { dayText, sealingEdition } from '../testing/sealing-map.ts';
import { firstMap } from '../testing/sealing-commands.ts';
import { findDraft } from './find-draft.ts';
import { reviewDraft } from './review-draft.ts';

let catalog: CatalogDatabase;
let map: DatabaseCatalog;
beforeAll(async () => {
  catalog = await catalogDatabase();
});
beforeEach(async () => {
  map = await DatabaseCatalog.of(catalog.db, firstMap);
});
afterAll(() => catalog.close());

const retireA3: Edit = { op: 'retire', entry: 'A3', successors: [] };
const otherA3 = (): Edit => ({
  op: 'create',
  conceptId: conceptIdFrom(randomUUID()),
  code: codeFrom('A3'),
  titles: { it: { official: 'Tutt’altro' } },
});
const firstOfA3 = async (): Promise<string> => {
  const rows = await run<{ id: string }>(
    catalog.db,
    sql`select concept_id as id from entry where scheme_id = ${map.schemeId} and code = 'A3' order by from_revision limit 1`,
  );
  return rows[0]?.id ?? '';
};
const reviewed = async (draftId: string) => {
  const draft = await findDraft(catalog.db.manager, draftId);
  if (isRefusal(draft)) throw new Error(JSON.stringify(draft));
  return reviewDraft(catalog.db, draft);
};

test('a code that was free for a revision is a reuse: in review, in the event and in the notes', async () => {
  const first = await firstOfA3();
  await map.publishOn(await map.approved([retireA3]), 1);
  const draftId = await map.draftWith([otherA3()]);
  expect(await reviewed(draftId)).toMatchObject({
    changes: [{ kinds: ['created'], codeReusedFrom: first }],
    findings: [{ rule: 'code-reused', severity: 'warning', message: { values: ['A3', { values: ['a3'] }] } }],
  });
  expect(await submit(catalog.db, draftId, editor)).toMatchObject({ code: 'warnings-not-acknowledged' });

  await map.publishOn(await map.approved([otherA3()]), 2);
  const logged = await run<{ head: { codeReusedFrom: string } }>(
    catalog.db,
    sql`select head::jsonb as head from change_log where scheme_id = ${map.schemeId} and revision = 3 and kind = 'change'`,
  );
  expect(logged).toMatchObject([{ head: { codeReusedFrom: first } }]);
  const pair = orProblem(await findPair(catalog.db.manager, map.schemeId, '2', '3'));
  const history = orProblem(await new SchemeHistories(catalog.db).get(map.schemeId));
  const compared = await loadComparison(catalog.db, history, pair.from, pair.to);
  const notes = notesMarkdown(releaseNotes(compared, 'it'));
  expect(notes).toContain('codici che ora indicano un’altra cosa');
  expect(notes).toContain('Prima (revisione 1): «a3»');
});

test('who had the code before is named by title and by its code of today, wherever it stands', async () => {
  await map.publishOn(await map.approved([{ op: 'change', entry: 'A3', code: codeFrom('A4') }]), 1);
  const [finding] = (await reviewed(await map.draftWith([otherA3()]))).findings;
  expect(finding && inWords(finding.message, 'en')).toBe(
    'A3 belonged to "a3" (now A4) before, in this edition too, and means something else from this revision on: only in a draft that brings an edition would its label tell the two apart.',
  );
});

test('a draft that brings an edition is not told that the code meant something else in it', async () => {
  await map.publishOn(await map.approved([retireA3]), 1);
  const edition = { ...sealingEdition, label: 'Prova 2', effectiveDate: dayText(2) };
  const [finding] = (await reviewed(await map.draftWith([otherA3()], { edition }))).findings;
  expect(finding && inWords(finding.message, 'en')).toBe(
    'A3 belonged to "a3" before, and means something else from this revision on.',
  );
});

test('a set that is sealed says the same as its review', async () => {
  const first = await firstOfA3();
  await map.publishOn(await map.approved([retireA3]), 1);
  const sealed = await map.approved([otherA3()]);
  await map.publishOn(sealed, 1, 3);
  expect(await readSealedChanges(catalog.db, map.schemeId, sealed, { after: 0, limit: 10 })).toMatchObject({
    items: [{ codeReusedFrom: first }],
  });
});
