import type { HistoryPlacement } from '#contracts';
import { refuse, type Refusal } from '#platform';
import { say } from '#words';
import type { DataSource } from 'typeorm';
import { DraftRow } from '../database/entities/draft.entity.ts';
import type { RevisionRow } from '../database/entities/revision.entity.ts';
import { changeDraft, type DraftChange } from '../drafts/change-draft.ts';
import { readMapAt } from '../reading/read-map-at.ts';
import { readDraftMap } from './draft-map.ts';
import { lowestOf } from './lowest-revision.ts';
import { nameLinks } from './name-links.ts';
import { writeHistoryLinks } from './placement.ts';

/**
 * Says that a draft is a historical edition: from which day it was valid, and what became of its entries in the earliest
 * revision known. It is an edit of the draft, so all of it is reviewed, submitted and approved with the map.
 */
export async function decideHistory(
  db: DataSource,
  change: DraftChange,
  { effectiveDate, ...decided }: HistoryPlacement,
): Promise<DraftRow | Refusal> {
  return changeDraft(db, change, async (transaction, draft) => {
    const lowest = await lowestOf(transaction, draft.schemeId);
    if (!lowest) return nothingPublished();
    if (effectiveDate >= lowest.inForceFrom) return notBefore(lowest, effectiveDate);
    const [map, after] = [await readDraftMap(transaction, draft), await readMapAt(transaction, lowest)];
    const { successions, problems } = nameLinks(decided, map, after, lowest.number);
    if (problems.length > 0)
      return refuse('links-refused', { title: say`The links cannot be placed`, problems });
    await writeHistoryLinks(transaction, draft.id, successions);
    const placement = { historyFrom: effectiveDate, historyBefore: lowest.number };
    await transaction.update(DraftRow, { id: draft.id }, placement);
    const { links, decidedNone } = successions;
    const details = {
      effectiveDate,
      before: lowest.number,
      links: links.length,
      nobody: decidedNone.size,
    };
    return { action: 'history-decided', details };
  });
}

/** Makes it a draft like any other again. */
export async function forgetHistory(db: DataSource, change: DraftChange): Promise<DraftRow | Refusal> {
  return changeDraft(db, change, async (transaction, { id }) => {
    await writeHistoryLinks(transaction, id, { links: [], decidedNone: new Set() });
    await transaction.update(DraftRow, { id }, { historyFrom: null, historyBefore: null });
    return { action: 'history-decided', details: { effectiveDate: null } };
  });
}

function nothingPublished(): Refusal {
  return refuse('nothing-published', {
    title: say`History comes before a first revision, and there is none yet`,
    status: 409,
  });
}

function notBefore({ number, inForceFrom }: RevisionRow, asked: string): Refusal {
  return refuse('date-not-before', {
    title: say`A historical edition was valid before the earliest one known`,
    detail: say`Revision ${number} is valid from ${inForceFrom}; ${asked} is not earlier.`,
  });
}
