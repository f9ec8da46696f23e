import type { Edition, HistoryPlacement } from '#contracts';
import { inTransaction, isRefusal } from '#platform';
import { codeFrom, conceptIdFrom, type Code, type Entry } from '#taxonomy';
import type { DataSource } from 'typeorm';
import { personOf, type PersonId } from '../audit/person.ts';
import { openDraft } from '../drafts/open-draft.ts';
import { writeOverlay, type OverlayEntry } from '../drafts/overlay.ts';
import { decideHistory } from '../history/decide-history.ts';
import { readMapAt } from '../reading/read-map-at.ts';
import { approveDraft } from './publish-draft.ts';
import { seedFolder } from './seed.ts';

/** Stands for an entry of 2019 that nobody has now. Its code and title are invented. */
export const inventedConcept = conceptIdFrom('20190000-0000-4000-8000-000000000001');

/** Of the synthetic edition one entry ended, and nobody took its place. */
const ended: HistoryPlacement = { effectiveDate: '2019-01-01', links: [], nobody: ['A1.1.1.9'] };

/** Of the synthetic edition one entry ended, and another one took its place. */
export const replaced2019: HistoryPlacement = {
  effectiveDate: '2019-01-01',
  links: [{ predecessor: 'A1.1.1.9', successor: 'A1.1.1.4' }],
  nobody: [],
};

/**
 * An approved draft of a SYNTHETIC edition of 2019: of the real one only this is known, that `A1.1.1.6` was the staffing plan,
 * which is `A1.3.2.5` now. What stands above it is taken from 2023, and `A1.1.1.9` is invented.
 * @param placement null: as it is, neither placed nor approved
 */
export async function draftSynthetic2019(
  db: DataSource,
  scheme: string,
  placement: HistoryPlacement | null = ended,
): Promise<string> {
  const by = await personOf(db, { id: 'historian' });
  const draft = await inTransaction(db, async (transaction) => {
    const opened = await openDraft(transaction, scheme, by, { edition: await edition2019() });
    if (isRefusal(opened)) return opened;
    const base = await readMapAt(transaction, { schemeId: scheme, number: opened.baseRevision ?? 0 });
    await writeOverlay(transaction, opened.id, overlay2019([...base.values()]));
    return opened;
  });
  if (isRefusal(draft)) throw new Error(draft.title.english);
  if (!placement) return draft.id;
  const placed = await decideHistory(db, { draftId: draft.id, by, ifMatch: '*' }, placement);
  if (isRefusal(placed)) throw new Error(JSON.stringify(placed));
  const approved = await approveDraft(db, draft.id);
  if (isRefusal(approved)) throw new Error(JSON.stringify(approved));
  return approved;
}

export const administrator = (db: DataSource): Promise<PersonId> => personOf(db, { id: 'administrator' });

async function edition2019(): Promise<Edition> {
  const { edition } = await seedFolder();
  const [top, ...levels] = edition.levels;
  if (!top) throw new Error('the edition has no levels');
  return {
    ...edition,
    label: 'Rev. 2019 (synthetic)',
    titles: { it: 'Mappa dei processi 2019 (sintetica)' },
    effectiveDate: '2019-01-01',
    levels: [{ ...top, names: { it: 'funzione (2019, sintetica)' } }, ...levels],
  };
}

function overlay2019(entries: readonly Entry[]): OverlayEntry[] {
  const byCode = new Map(entries.map((entry) => [entry.code, entry]));
  const at = (code: string): Entry => {
    const entry = byCode.get(codeFrom(code));
    if (!entry) throw new Error(`the seed has no ${code}`);
    return entry;
  };
  const [parent, staffing] = [at('A1.1.1'), at('A1.3.2.5')];
  const heading = entries.find(({ conceptId }) => conceptId === at('A1').parentId);
  const above = [heading, at('A1'), at('A1.1'), parent].flatMap((entry) => entry?.conceptId ?? []);
  const placed = (entry: Entry, code: Code): OverlayEntry => ({ ...entry, code, parentId: parent.conceptId });
  return [
    ...entries
      .filter(({ conceptId }) => !above.includes(conceptId) && conceptId !== staffing.conceptId)
      .map((entry) => ({ ...entry, retired: true, decidedNone: true })),
    placed(staffing, codeFrom('A1.1.1.6')),
    placed(
      { ...staffing, conceptId: inventedConcept, rank: 144, titles: { it: { official: 'Voce inventata' } } },
      codeFrom('A1.1.1.9'),
    ),
  ];
}
