import { randomUUID } from 'node:crypto';
import type { FaultBoard } from '../faults/fault-board.ts';
import { alternateKeys, type Activity, type WritableActivity } from './activity.ts';
import { notThere, ODataError } from './odata-error.ts';
import type { ODataStore } from './odata.store.ts';
import type { IncomingRecord } from './read-record.ts';

/**
 * Stores what a request names in `row`, or in a new one where there is none.
 * @param known what the address of the request says of a new row
 * @returns the id
 */
export function saveRecord(
  { values, parentId }: IncomingRecord,
  row: Activity | undefined,
  known: Partial<WritableActivity>,
  store: ODataStore,
  faults: FaultBoard,
): string {
  const empty = { key: null, code: null, title: null, level: null, valid_to: null, parent_id: null };
  const next: WritableActivity = {
    ...(row ?? { ...empty, id: randomUUID(), statecode: 0, statuscode: 1, ...known }),
    ...Object.fromEntries(values),
    ...(parentId === undefined ? {} : { parent_id: parentId }),
  };
  if (faults.refuses('odata', next.code)) {
    throw new ODataError(400, '0x80040265', `The code ${next.code} is not accepted by this environment`);
  }
  if (next.parent_id !== null && !store.by('id', next.parent_id)) throw notThere(next.parent_id);
  for (const column of alternateKeys) {
    const value = next[column];
    const holder = value === null ? undefined : store.by(column, value);
    if (holder && holder.id !== next.id) {
      const message = `Entity Key ${column} violated. A record with the same value for ${column} already exists. A duplicate record cannot be created.`;
      throw new ODataError(412, '0x80060892', message);
    }
  }
  store.put(next);
  return next.id;
}
