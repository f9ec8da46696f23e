import type { Edit, Edition } from '#contracts';
import { isRefusal, orProblem, run, sql } from '#platform';
import type { ConceptId } from '#taxonomy';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { findDraft } from '../drafts/find-draft.ts';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { DatabaseCatalog } from '../testing/database-catalog.ts';
import { firstInstantOf } from '../testing/rome-instants.ts';
import { dayText, sealingEdition } from '../testing/sealing-map.ts';
import { approveDraft } from '../testing/publish-draft.ts';
import { editor } from '../testing/people.ts';
import { rebaseDraft } from '../rebase/rebase-draft.ts';
import { firstMap } from '../testing/sealing-commands.ts';
import { draftView } from '../drafts/draft-view.ts';
import { readRevision } from '../reading/revision-view.ts';
import { withdraw } from './publish-or-seal.ts';
import { readSealedViews } from './read-sealed.ts';
import { foldIn, readFold } from './fold-in.ts';
import { listSealed } from './read-chain.ts';
import { sealingTurn } from './sealing-loop.ts';

let catalog: CatalogDatabase;
let map: DatabaseCatalog;
beforeAll(async () => {
  catalog = await catalogDatabase();
});
beforeEach(async () => {
  map = await DatabaseCatalog.of(catalog.db, firstMap, editionWith('Prova'));
});
afterAll(() => catalog.close());

/** Its attribute `desk` is outside the content hash. */
function editionWith(label: string, more: Partial<Edition> = {}): Edition {
  const attributes: Edition['attributes'] = [{ name: 'desk', type: 'string', inHash: false, synced: false }];
  return { ...sealingEdition, effectiveDate: dayText(0), label, attributes, ...more };
}
const desk = (value: string): Edit => ({ op: 'change', entry: 'A1', attributes: { desk: value } });
const title = (value: string): Edit => ({
  op: 'change',
  entry: 'A1',
  titles: { it: { official: `${value}1` }, en: { official: 'a1' } },
});
const guidance = (value: string): Edit => ({
  op: 'change',
  entry: 'A1',
  notes: { it: { guidance: value } },
});
const retire = (entry: string, ...successors: string[]): Edit => ({ op: 'retire', entry, successors });
const conflictsOf = (draftId: string) =>
  run<{ conceptId: ConceptId; field: string }>(
    catalog.db,
    sql`select concept_id as "conceptId", field, mine, theirs from draft_conflict where draft_id = ${draftId}`,
  );
const stateOf = async (draftId: string) => {
  const draft = await findDraft(catalog.db.manager, draftId);
  if (isRefusal(draft)) throw new Error(draft.title.english);
  return { state: draft.state, findings: draft.returnedFindings.map(({ rule }) => rule) };
};
const turnOn = (day: number) =>
  sealingTurn({ db: catalog.db, clock: () => firstInstantOf(dayText(day)), logger: { info: () => {} } });
const successionsOf = () =>
  run(
    catalog.db,
    sql`select s.revision, p.code as "from", e.code as "to" from succession s
      join entry p on p.concept_id = s.predecessor and p.to_revision = s.revision
      join entry e on e.concept_id = s.successor and e.live @> s.revision
      where s.scheme_id = ${map.schemeId}`,
  );
const firstEntry = async () =>
  (
    await run<{ title: string; guidance: string | null; desk: string | null }>(
      catalog.db,
      sql`select titles -> 'it' ->> 'official' as title, notes -> 'it' ->> 'guidance' as guidance,
        attributes ->> 'desk' as desk
        from entry where scheme_id = ${map.schemeId} and code = 'A1' and to_revision is null`,
    )
  )[0];

test('an erratum that comes into force while a set is folded in is never undone', async () => {
  const set = await map.approved([title('b')]);
  await map.publishOn(set, 0, 1);
  const [row] = await listSealed(catalog.db.manager, map.schemeId);
  if (!row) throw new Error('nothing is sealed');
  const read = await readFold(catalog.db.manager, row);
  await map.publishOn(await map.approved([guidance('Si legga così')]), 0);
  expect(await foldIn(catalog.db, read, dayText(1))).toMatchObject({ code: 'sealing-overtaken' });
  await turnOn(1);
  expect(await stateOf(set)).toMatchObject({ state: 'published' });
  expect(await firstEntry()).toMatchObject({ title: 'b1', guidance: 'Si legga così' });
});

test('a set is not folded in before its day', async () => {
  await map.publishOn(await map.approved([title('b')]), 0, 1);
  const [row] = await listSealed(catalog.db.manager, map.schemeId);
  if (!row) throw new Error('nothing is sealed');
  const read = await readFold(catalog.db.manager, row);
  expect(await foldIn(catalog.db, read, dayText(0))).toMatchObject({ code: 'sealing-overtaken' });
});

test('a set and an erratum on one attribute outside the hash are a conflict', async () => {
  const set = await map.approved([desk('Urp')]);
  await map.publishOn(set, 0, 1);
  await map.publishOn(await map.approved([desk('Suap')]), 0);
  await turnOn(1);
  expect(await stateOf(set)).toMatchObject({ state: 'open' });
  expect(await run(catalog.db, sql`select field from draft_conflict where draft_id = ${set}`)).toEqual([
    { field: 'attributes.desk' },
  ]);
  expect(await firstEntry()).toMatchObject({ desk: 'Suap' });
});

test('an erratum outside the hash on another attribute is kept when the set comes into force, and nothing is told of it', async () => {
  const set = await map.approved([title('b')]);
  await map.publishOn(set, 0, 1);
  await map.publishOn(await map.approved([desk('Suap')]), 0);
  await turnOn(0);
  await turnOn(1);
  expect(await stateOf(set)).toMatchObject({ state: 'published' });
  expect(await firstEntry()).toMatchObject({ title: 'b1', desk: 'Suap' });
  const told = await run<{ kind: string }>(
    catalog.db,
    sql`select kind from change_log where scheme_id = ${map.schemeId} and kind <> 'change' order by position`,
  );
  expect(told.map(({ kind }) => kind)).toEqual(['in-force', 'sealed', 'in-force', 'in-force']);
});

/** With which edition a set comes into force: as was told last, in the list of sets, and as its draft says. */
async function editionsTold(set: string): Promise<(string | undefined)[]> {
  const [last] = await run<{ edition: string }>(
    catalog.db,
    sql`
    select head::jsonb ->> 'edition' as edition from change_log
    where scheme_id = ${map.schemeId} and kind in ('sealed', 'resealed') and head::jsonb ->> 'set' = ${set}
    order by position desc limit 1`,
  );
  const listed = (await readSealedViews(catalog.db, map.schemeId)).find((each) => each.set === set);
  const draft = draftView(orProblem(await findDraft(catalog.db.manager, set)));
  return [last?.edition, listed?.edition, draft.edition];
}

test.each([
  ['with another map', guidance('Nuova')],
  ['with the same map', desk('Suap')],
])(
  'a set without an edition of its own comes into force with that of the map below it, %s, and all say so before',
  async (_, edit) => {
    const set = await map.approved([title('b')]);
    await map.publishOn(set, 0, 5);
    const told = () => editionsTold(set);
    expect(await told()).toEqual(['Prova', 'Prova', 'Prova']);
    await map.publishOn(await map.approved([edit], { edition: editionWith('Prova 2') }), 1);
    await turnOn(1);
    expect(await told()).toEqual(['Prova 2', 'Prova 2', 'Prova 2']);
    await map.publishOn(await map.approved([guidance('Mia')], { edition: editionWith('Prova 3') }), 1, 3);
    expect(await told()).toEqual(['Prova 3', 'Prova 3', 'Prova 3']);
    await turnOn(5);
    expect(await readRevision(catalog.db.manager, map.schemeId, 4)).toMatchObject({ edition: 'Prova 3' });
  },
);

test('a set that is put below another, or withdrawn from there, takes its edition along, though the map has the same hash', async () => {
  const set = await map.approved([title('b')]);
  const own = await map.approved([guidance('Mia')], { edition: editionWith('Prova 3') });
  await map.publishOn(set, 0, 5);
  await map.publishOn(own, 0, 6);
  const below = await map.approved([desk('Suap')], { edition: editionWith('Prova 2') });
  await map.publishOn(below, 0, 3);
  expect(await editionsTold(set)).toEqual(['Prova 2', 'Prova 2', 'Prova 2']);
  orProblem(await withdraw(catalog.db, below, editor, { now: firstInstantOf(dayText(0)) }));
  expect(await editionsTold(set)).toEqual(['Prova', 'Prova', 'Prova']);
  expect(await editionsTold(own)).toEqual(['Prova 3', 'Prova 3', 'Prova 3']);
});

test('a draft that is sealed no more shows its own edition, also where an older catalog withdrew it', async () => {
  const set = await map.approved([title('b')]);
  await map.publishOn(set, 0, 5);
  await map.publishOn(await map.approved([desk('Suap')], { edition: editionWith('Prova 2') }), 0);
  await turnOn(0);
  await run(catalog.db, sql`update draft set state = 'withdrawn' where id = ${set}`);
  expect(draftView(orProblem(await findDraft(catalog.db.manager, set)))).toMatchObject({ edition: 'Prova' });
});

test('a label of an edition that was taken meanwhile sends the set back with the reason', async () => {
  const names = (it: string) => ({ titles: { it }, effectiveDate: dayText(0) });
  const set = await map.approved([title('b')], { edition: editionWith('Seconda', names('Mia')) });
  await map.publishOn(set, 0, 1);
  const erratum = await map.approved([title('a'), guidance('Nuova')], {
    edition: editionWith('Seconda', names('Loro')),
  });
  await map.publishOn(erratum, 0);
  await turnOn(1);
  expect(await stateOf(set)).toEqual({ state: 'open', findings: ['edition-exists'] });
});

test('two sealed sets cannot bring different editions of one label', async () => {
  const named = (it: string) => ({
    edition: editionWith('Terza', { titles: { it }, effectiveDate: dayText(0) }),
  });
  await map.publishOn(await map.approved([title('b')], named('Mia')), 0, 5);
  const second = await map.approved([guidance('Nuova')], named('Loro'));
  await expect(map.publishOn(second, 0, 6)).rejects.toThrow('edition-exists');
});

test('as long as nothing is outdated, no entry of the map is read', async () => {
  await map.publishOn(await map.approved([title('b')]), 0, 5);
  const owner = new Client({ connectionString: catalog.fresh.url });
  await owner.connect();
  await owner.query('begin');
  await owner.query('lock table catalog.entry in access exclusive mode');
  await expect(turnOn(1)).resolves.toBeUndefined();
  await owner.query('rollback');
  await owner.end();
});

test('a scheme whose sets cannot be read keeps no other from its day, and the turn fails', async () => {
  const broken = map;
  await broken.publishOn(await broken.approved([title('b')]), 0, 1);
  map = await DatabaseCatalog.of(catalog.db, firstMap, editionWith('Prova'));
  const set = await map.approved([title('c')]);
  await map.publishOn(set, 0, 1);
  const owner = new Client({ connectionString: catalog.fresh.url });
  await owner.connect();
  await owner.query(
    `create function catalog.fail() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$`,
  );
  await owner.query(
    `create trigger broken before update on catalog.draft for each row when (old.scheme_id = '${broken.schemeId}') execute function catalog.fail()`,
  );
  await expect(turnOn(1)).rejects.toThrow(broken.schemeId);
  expect(await stateOf(set)).toMatchObject({ state: 'published' });
  await owner.query('drop trigger broken on catalog.draft');
  await owner.end();
});

test('a set that retires an entry for another successor than an erratum goes back to a person, who takes theirs', async () => {
  const set = await map.approved([retire('A3', 'A2'), title('b')]);
  await map.publishOn(set, 0, 1);
  await map.publishOn(await map.approved([retire('A3', 'A1')]), 0);
  await turnOn(0);
  expect(await stateOf(set)).toMatchObject({ state: 'open' });
  const [conflict, ...others] = await conflictsOf(set);
  if (!conflict) throw new Error('no conflict');
  expect([conflict.field, others]).toEqual(['successors', []]);
  const resolutions = [{ conceptId: conflict.conceptId, field: 'successors', take: 'theirs' as const }];
  orProblem(await rebaseDraft(catalog.db, { draftId: set, by: editor, resolutions }));
  await approveDraft(catalog.db, set);
  await map.publishOn(set, 0, 1);
  await turnOn(1);
  expect(await stateOf(set)).toMatchObject({ state: 'published' });
  expect(await successionsOf()).toEqual([{ revision: 2, from: 'A3', to: 'A1' }]);
});

test('a set that retires an entry as an erratum did carries over, and says nothing of it again', async () => {
  const set = await map.approved([retire('A3', 'A1'), title('b')]);
  await map.publishOn(set, 0, 1);
  await map.publishOn(await map.approved([retire('A3', 'A1')]), 0);
  await turnOn(1);
  expect(await stateOf(set)).toMatchObject({ state: 'published' });
  expect(await successionsOf()).toEqual([{ revision: 2, from: 'A3', to: 'A1' }]);
});

test('a part of an entry that ended meanwhile, for nobody, is not given away without a word', async () => {
  const part: Edit = {
    op: 'change',
    entry: 'A2',
    titles: { it: { official: 'Con una parte' } },
    predecessors: ['A3'],
  };
  const set = await map.approved([part]);
  await map.publishOn(set, 0, 1);
  await map.publishOn(await map.approved([retire('A3')]), 0);
  await turnOn(0);
  expect(await stateOf(set)).toMatchObject({ state: 'open' });
  expect(await conflictsOf(set)).toMatchObject([{ field: 'successors', theirs: [] }]);
});
