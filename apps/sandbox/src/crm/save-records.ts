import type { FaultBoard } from '../faults/fault-board.ts';
import { activityObject, type ColumnName } from './activity.ts';
import { checkActivity } from './check-activity.ts';
import type { CrmStore } from './crm.store.ts';
import { findParent, type Parent } from './find-parent.ts';
import { findTarget, type Match } from './find-target.ts';
import { mergeRecord } from './merge-record.ts';
import type { IncomingRecord } from './read-record.ts';
import { failed, type SaveError, type SaveResult } from './salesforce-error.ts';

export interface Saving {
  readonly store: CrmStore;
  readonly faults: FaultBoard;
  readonly match: Match;
  /** ISO 8601. */
  readonly now: string;
}

/** Saves the records of one request, bound to the store and the faults in force. */
export type SaveBatch = (
  records: readonly IncomingRecord<ColumnName>[],
  allOrNone: boolean,
  match: Match,
) => SaveResult[];

const rolledBack = failed(
  'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  'Record rolled back because not all records were valid and the request was using AllOrNone header',
);

class RollBack extends Error {
  constructor(readonly results: readonly SaveResult[]) {
    super('rolled back');
  }
}

/**
 * Saves the records of one request in their order and answers one result for each, as sObject Collections do: without
 * `allOrNone` what is valid is stored and the rest is answered with its errors; with it, one error undoes everything.
 * Parents are looked up in what was there before the request: records of one request cannot refer to each other.
 */
export function saveRecords(
  records: readonly IncomingRecord<ColumnName>[],
  allOrNone: boolean,
  saving: Saving,
): SaveResult[] {
  const parents = records.map((record) => findParent(record, activityObject, saving.store));
  const seen = new Set<string>();
  return saveEach(records, allOrNone, saving, (record, i) => saveOne(record, parents[i], seen, saving));
}

/** One transaction with a result for each; with `allOrNone`, one error undoes everything. */
export function saveEach<Item>(
  records: readonly Item[],
  allOrNone: boolean,
  { store, match }: Pick<Saving, 'store' | 'match'>,
  save: (record: Item, index: number) => SaveResult,
): SaveResult[] {
  try {
    return store.transaction(() => {
      const results = records.map(save);
      if (allOrNone && results.some(({ success }) => !success)) throw new RollBack(results);
      return results;
    });
  } catch (error) {
    if (!(error instanceof RollBack)) throw error;
    return error.results.map((result) => (result.success ? failure(rolledBack, match) : result));
  }
}

function saveOne(
  record: IncomingRecord<ColumnName>,
  parent: Parent,
  seen: Set<string>,
  saving: Saving,
): SaveResult {
  const { store, faults, match, now } = saving;
  const target = findTarget(record, match, seen, store);
  if ('error' in target) return failure(target.error, match);
  if (parent && 'error' in parent) return failure(parent.error, match);
  const next = mergeRecord(target.row, record, parent?.id);
  const error = checkActivity(next, target.row, store, faults);
  if (error) return failure(error, match);
  if (target.row) store.update(target.row.id, next, now);
  const id = target.row?.id ?? store.insert(next, now);
  return { id, success: true, errors: [], ...(match === 'external-id' ? { created: !target.row } : {}) };
}

export const failure = (error: SaveError, match: Match): SaveResult => ({
  success: false,
  errors: [error],
  ...(match === 'external-id' ? { created: false } : {}),
});
