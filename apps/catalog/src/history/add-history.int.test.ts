import { isRefusal, orProblem, run, sql } from '#platform';
import { historyAddedEventSchema, type Edit, type HistoryPlacement } from '#contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findRevision } from '../reading/find-revision.ts';
import { readOrdered } from '../reading/read-tree.ts';
import { listRevisions } from '../reading/revision-view.ts';
import { codeFrom, merkle } from '#taxonomy';
import { inWords } from '#words';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { publishSeed } from '../testing/seed.ts';
import {
  administrator,
  draftSynthetic2019,
  inventedConcept,
  replaced2019,
} from '../testing/synthetic-2019.ts';
import { editDraft } from '../drafts/edit-draft.ts';
import { undoEdit } from '../drafts/undo-edit.ts';
import { DraftRow } from '../database/entities/draft.entity.ts';
import { rebaseDraft } from '../rebase/rebase-draft.ts';
import { acknowledgeAll } from '../review/acknowledge-all.ts';
import { listWarnings } from '../review/list-warnings.ts';
import { submit } from '../review/submit.ts';
import { publishOrSeal } from '../sealing/publish-or-seal.ts';
import { approver, editor } from '../testing/people.ts';
import { approveDraft } from '../testing/publish-draft.ts';
import { addHistory } from './add-history.ts';
import { decideHistory, forgetHistory } from './decide-history.ts';

let catalog: CatalogDatabase;
const scheme = 'processi-camerali';
const add = async (draftId: string) =>
  addHistory(catalog.db, { schemeId: scheme, draftId, by: await administrator(catalog.db) });
const decide = (draftId: string, placement: HistoryPlacement) =>
  decideHistory(catalog.db, { draftId, by: editor, ifMatch: '*' }, placement);

beforeAll(async () => {
  catalog = await catalogDatabase();
  await publishSeed(catalog.db);
});
afterAll(() => catalog.close());

describe('a historical edition', () => {
  test('is refused with every link that leads nowhere, and for a day that is not earlier', async () => {
    const draft = await draftSynthetic2019(catalog.db, scheme, null);
    const links = [
      { predecessor: 'A1.1.1.8', successor: 'A1.1.1.4' },
      { predecessor: 'A1.1.1.9', successor: 'Z9' },
      { predecessor: 'A1.1.1.6', successor: 'A1.1.1.4' },
    ];
    const nobody = ['A1.1.1.6', 'A9'];
    expect(await decide(draft, { effectiveDate: '2019-01-01', links, nobody })).toMatchObject({
      code: 'links-refused',
      problems: [
        { path: 'links[0].predecessor' },
        { path: 'links[1].successor' },
        { path: 'nobody[0]', rule: 'link-contradicted' },
        { path: 'nobody[1]' },
      ],
    });
    expect(await decide(draft, { effectiveDate: '2030-01-01', links: [], nobody: [] })).toMatchObject({
      code: 'date-not-before',
    });
  });

  test('cannot be submitted before it is said of all that ended who took its place, or nobody', async () => {
    const draft = await draftSynthetic2019(catalog.db, scheme, null);
    await decide(draft, { effectiveDate: '2019-01-01', links: [], nobody: [] });
    expect(await approveDraft(catalog.db, draft)).toMatchObject({
      code: 'draft-has-errors',
      problems: [
        {
          rule: 'succession-undecided',
          code: 'A1.1.1.9',
          message: {
            english: '{0} is not in revision {1}, and nobody decided who takes its place.',
            values: ['A1.1.1.9', 1],
          },
        },
      ],
    });
  });

  test('is refused with links of entries that an edit, or an undo, took out of it', async () => {
    const id = await draftSynthetic2019(catalog.db, scheme, null);
    const create: Edit = {
      op: 'create',
      code: codeFrom('A1.1.1.8'),
      titles: { it: { official: 'Altra inventata' } },
    };
    orProblem(await editDraft(catalog.db, id, [create], editor));
    const links = ['A1.1.1.8', 'A1.1.1.9'].map((predecessor) => ({ predecessor, successor: 'A1.1.1.4' }));
    orProblem(await decide(id, { effectiveDate: '2019-01-01', links, nobody: ['A1.1.1.6'] }));
    orProblem(await undoEdit(catalog.db, { draftId: id, by: editor, ifMatch: '*' }));
    const [staffing] = await run<{ id: string }>(
      catalog.db,
      sql`select concept_id as id from draft_entry where draft_id = ${id} and code = 'A1.1.1.6' and not retired`,
    );
    const retire = [staffing?.id ?? '', inventedConcept].map((entry): Edit => ({
      op: 'retire',
      entry,
      successors: [],
    }));
    orProblem(await editDraft(catalog.db, id, retire, editor));
    const refused = await approveDraft(catalog.db, id);
    expect(refused).toMatchObject({ code: 'draft-has-errors' });
    const rules = isRefusal(refused) ? (refused.problems ?? []).map(({ rule }) => rule) : [];
    expect(rules).toEqual(Array(3).fill('history-link-unknown'));
    orProblem(await decide(id, { effectiveDate: '2019-01-01', links: [], nobody: [] }));
    expect(await approveDraft(catalog.db, id)).toBe(id);
  });

  test('warns of a code that means something else later, and of nothing that lies ahead of it', async () => {
    const id = await draftSynthetic2019(catalog.db, scheme, null);
    await decide(id, replaced2019);
    const warnings = orProblem(await listWarnings(catalog.db, id));
    expect(new Set(warnings.map(({ rule }) => rule))).toEqual(new Set(['code-reused', 'numbering-gap']));
    const reused = warnings.find(({ rule }) => rule === 'code-reused');
    expect(reused && inWords(reused.message, 'en')).toMatch(
      /^A1\.1\.1\.6 is ".+"( \(now .+\))? in this historical edition, and means something else from revision 1 on\.$/,
    );
  });

  test('is approved with its day and its links: with others it is another submission', async () => {
    const id = await draftSynthetic2019(catalog.db, scheme, null);
    const submitted = async (placement: HistoryPlacement) => {
      await decide(id, placement);
      await acknowledgeAll(catalog.db, id, editor);
      const draft = await submit(catalog.db, id, editor);
      return isRefusal(draft) ? draft.code : draft.submissionHash?.toString('hex');
    };
    const hashes = [
      await submitted(replaced2019),
      await submitted({ ...replaced2019, effectiveDate: '2018-01-01' }),
      await submitted({ ...replaced2019, links: [{ predecessor: 'A1.1.1.9', successor: 'A1.1.1.5' }] }),
      await submitted({ ...replaced2019, links: [], nobody: ['A1.1.1.9'] }),
    ];
    expect(new Set(hashes.filter((hash) => hash?.length === 64)).size).toBe(4);
    expect(await submitted(replaced2019)).toBe(hashes[0]);
  });

  test('does not come into force, and is not brought onto what is', async () => {
    const draftId = await draftSynthetic2019(catalog.db, scheme);
    const publication = { draftId, by: approver, now: new Date() };
    expect(await publishOrSeal(catalog.db, publication)).toMatchObject({ code: 'draft-is-history' });
    const { version } = await catalog.db.manager.findOneByOrFail(DraftRow, { id: draftId });
    expect(await rebaseDraft(catalog.db, { draftId, by: editor, resolutions: [] })).toMatchObject({
      code: 'draft-is-history',
      status: 409,
    });
    expect(await catalog.db.manager.findOneByOrFail(DraftRow, { id: draftId })).toMatchObject({ version });
  });

  test('becomes the revision before the first, with its own edition and content hash', async () => {
    const added = await add(await draftSynthetic2019(catalog.db, scheme, replaced2019));
    expect(added).toMatchObject({ number: 0, inForceFrom: '2019-01-01' });
    const found = await findRevision(catalog.db.manager, scheme, 0);
    if (isRefusal(found)) throw new Error(found.title.english);
    expect(found.edition).toMatchObject({
      label: 'Rev. 2019 (synthetic)',
      levels: [{ depth: 1 }, {}, {}, {}, {}],
    });
    const entries = await readOrdered(catalog.db, found);
    expect(entries.map(({ code }) => code)).toEqual([null, 'A1', 'A1.1', 'A1.1.1', 'A1.1.1.6', 'A1.1.1.9']);
    expect(found.revision.contentHash.toString('hex')).toBe(merkle(scheme, entries).root);
  });

  test('leaves the first revision as it was, with nothing as its base', async () => {
    const revisions = await listRevisions(catalog.db.manager, scheme);
    expect(revisions.map(({ revision, base }) => [revision, base])).toEqual([
      [0, null],
      [1, null],
    ]);
    expect(revisions[1]?.contentHash).toBe(
      '8e08f8336191e92289426804618d3133205f6b458e7f52fbade2b3487edf9d53',
    );
  });

  test('is told once in the change log, audited, and without any change to deliver', async () => {
    const log = await run<{ kind: string; head: string }>(
      catalog.db,
      sql`select kind, head from change_log where revision < 1`,
    );
    expect(log.map(({ kind }) => kind)).toEqual(['history-added']);
    const event = historyAddedEventSchema.parse(JSON.parse(log[0]?.head ?? ''));
    expect(event).toMatchObject({ revision: 0, entries: 6, before: { revision: 1 } });
    const [audited] = await run<{ action: string }>(
      catalog.db,
      sql`select action from audit where hash = decode(${event.auditHead}, 'hex')`,
    );
    expect(audited).toEqual({ action: 'history-added' });
  });

  test('keeps its successions into the revision after it', async () => {
    const rows = await run<object>(
      catalog.db,
      sql`select revision, predecessor, kind, continues from succession where revision = 1`,
    );
    expect(rows).toEqual([{ revision: 1, predecessor: inventedConcept, kind: 'replaced', continues: false }]);
  });

  test('needs a second person, and to say that it is one', async () => {
    const draft = await draftSynthetic2019(catalog.db, scheme, null);
    expect(await add(draft)).toMatchObject({ code: 'draft-state', status: 409 });
    await decide(draft, { effectiveDate: '2015-01-01', links: [], nobody: [] });
    expect(await add(draft)).toMatchObject({ code: 'draft-state' });
    await forgetHistory(catalog.db, { draftId: draft, by: editor, ifMatch: '*' });
    await approveDraft(catalog.db, draft);
    expect(await add(draft)).toMatchObject({ code: 'history-undecided' });
  });

  test('may have another one before it, and one that was decided before that must be decided again', async () => {
    const placement = { effectiveDate: '2015-01-01', links: [], nobody: [] };
    const [first, second] = [
      await draftSynthetic2019(catalog.db, scheme, placement),
      await draftSynthetic2019(catalog.db, scheme, placement),
    ];
    expect(await add(first)).toMatchObject({ number: -1 });
    expect(await add(first)).toMatchObject({ code: 'draft-closed' });
    expect(await add(second)).toMatchObject({ code: 'history-overtaken' });
  });
});
