import { caseObject, type Case, type CaseColumn, type WritableCase } from './case.ts';
import { findParent } from './find-parent.ts';
import type { IncomingRecord } from './read-record.ts';
import { failed, type SaveError, type SaveResult } from './salesforce-error.ts';
import { readSalesforceId } from './salesforce-id.ts';
import { failure, saveEach, type Saving } from './save-records.ts';

/** How a record finds its row; Case has no external id. */
export type CaseMatch = 'id' | 'create';

/** Saves the cases of one request, bound to the store. */
export type SaveCases = (
  records: readonly IncomingRecord<CaseColumn>[],
  allOrNone: boolean,
  match: CaseMatch,
) => SaveResult[];

/** Saves cases in their order and answers one result for each; what they are tagged with must be there. */
export function saveCases(
  records: readonly IncomingRecord<CaseColumn>[],
  allOrNone: boolean,
  saving: Omit<Saving, 'faults'>,
): SaveResult[] {
  return saveEach(records, allOrNone, saving, (record) => saveOne(record, saving));
}

function saveOne(
  record: IncomingRecord<CaseColumn>,
  { store, match, now }: Omit<Saving, 'faults'>,
): SaveResult {
  const found = match === 'create' ? undefined : store.cases.byId(idOf(record) ?? '');
  if (match !== 'create' && !found) return failure(notThere(record), match);
  const activity = findParent(record, caseObject, store);
  if (activity && 'error' in activity) return failure(activity.error, match);
  const next = merge(found, record, activity?.id);
  if (next.subject !== null && next.subject.length > longestSubject) {
    const message = `Subject: data value too large: ${next.subject} (max length=${longestSubject})`;
    return failure(failed('STRING_TOO_LONG', message, ['Subject']), match);
  }
  if (found) store.cases.update(found.id, next, now);
  return { id: found?.id ?? store.cases.insert(next, now), success: true, errors: [] };
}

const longestSubject = 255;

const idOf = ({ id }: IncomingRecord<CaseColumn>): string | null =>
  id === null ? null : readSalesforceId(caseObject.keyPrefix, id);

function notThere(record: IncomingRecord<CaseColumn>): SaveError {
  if (record.id === null) return failed('MISSING_ARGUMENT', 'Id not specified in an update call');
  return idOf(record)
    ? failed('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id')
    : failed('MALFORMED_ID', `Case ID: id value of incorrect type: ${record.id}`, ['Id']);
}

/** The row as it will be: what the record names, else what is there. A new one without a status is New. */
function merge(
  row: Case | undefined,
  { values }: IncomingRecord<CaseColumn>,
  activityId: string | null | undefined,
): WritableCase {
  const given = (column: 'subject' | 'status'): string | null => {
    const value = values.get(column);
    return value === undefined ? (row?.[column] ?? null) : value === null ? null : String(value);
  };
  return {
    subject: given('subject'),
    status: given('status') ?? 'New',
    activity_id: activityId === undefined ? (row?.activity_id ?? null) : activityId,
  };
}
