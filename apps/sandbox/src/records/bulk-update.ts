import type { FaultBoard } from '../faults/fault-board.ts';
import { CmisError } from './cmis-error.ts';
import type { Act } from './act.ts';
import { folderOfId } from './find-folder.ts';
import type { Form } from './form.ts';
import { readProperties } from './properties.ts';
import type { RecordsStore } from './records.store.ts';
import { updateProperties } from './update-properties.ts';

/** bulkUpdate: the same properties for many objects. What could not be changed (stale, gone) is absent from the answer. */
export function bulkUpdate(store: RecordsStore, faults: FaultBoard, form: Form, act: Act): unknown {
  const given = readProperties(form);
  const updated: unknown[] = [];
  for (let i = 0; form.has(`objectId[${i}]`); i++) {
    try {
      const folder = folderOfId(store, form.get(`objectId[${i}]`) ?? '');
      updateProperties(store, faults, folder, given, form.get(`changeToken[${i}]`), act);
      updated.push({ id: String(folder.id), changeToken: String(store.byId(folder.id)?.changeToken) });
    } catch (error) {
      if (!(error instanceof CmisError)) throw error;
    }
  }
  return updated;
}
