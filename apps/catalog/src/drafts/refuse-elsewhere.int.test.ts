import { randomUUID } from 'node:crypto';
import { run, sql } from '#platform';
import { codeFrom, conceptIdFrom } from '#taxonomy';
import { say } from '#words';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publish } from '../publication/publish.ts';
import { submit } from '../review/submit.ts';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { openedWith } from '../testing/opened-with.ts';
import { approver, editor } from '../testing/people.ts';
import { approveDraft } from '../testing/publish-draft.ts';
import { publishSeed } from '../testing/seed.ts';
import { editDraft } from './edit-draft.ts';

let catalog: CatalogDatabase;
beforeAll(async () => {
  catalog = await catalogDatabase();
  await publishSeed(catalog.db);
  await run(
    catalog.db,
    sql`insert into scheme (id, titles, languages) values ('other', '{"it": "Altra"}', '{it}')`,
  );
});
afterAll(() => catalog.close());

const day = '2026-11-23';

test('an id that another scheme took meanwhile is refused by its name, at submission and at publication', async () => {
  const conceptId = conceptIdFrom(randomUUID());
  const draftId = await openedWith(catalog.db, [
    { op: 'change', entry: 'A1', titles: { it: { official: 'Uno' } } },
    { op: 'create', conceptId, code: codeFrom('A1.1.1.8'), titles: { it: { official: 'Nuova' } } },
  ]);
  await approveDraft(catalog.db, draftId);
  await run(catalog.db, sql`insert into concept (id, scheme_id) values (${conceptId}, 'other')`);
  const refusal = {
    code: 'concept-elsewhere',
    status: 409,
    problems: [{ code: 'A1.1.1.8', message: say`The id ${conceptId} belongs to the scheme ${'other'}.` }],
  };
  expect(await publish(catalog.db, { draftId, by: approver, effectiveDate: day, today: day })).toMatchObject(
    refusal,
  );
  await editDraft(
    catalog.db,
    draftId,
    [{ op: 'change', entry: 'A1', titles: { it: { official: 'Due' } } }],
    editor,
  );
  expect(await submit(catalog.db, draftId, editor)).toMatchObject(refusal);
  await editDraft(catalog.db, draftId, [{ op: 'retire', entry: conceptId }], editor);
  expect(await submit(catalog.db, draftId, editor)).toMatchObject({ state: 'submitted' });
});
