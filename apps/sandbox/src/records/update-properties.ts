import type { FaultBoard } from '../faults/fault-board.ts';
import { checkName } from './check-name.ts';
import { CmisError } from './cmis-error.ts';
import type { Act } from './act.ts';
import { allProperties } from './folder-type.ts';
import { guardFixedFolders } from './guard-fixed-folders.ts';
import { ownProperties, refuseCode } from './own-properties.ts';
import { typedProperties, type GivenProperties } from './properties.ts';
import type { RecordsStore, StoredFolder } from './records.store.ts';

/**
 * update: changes what is named and leaves the rest. A stale change token is a conflict; without one the last writer wins.
 */
export function updateProperties(
  store: RecordsStore,
  faults: FaultBoard,
  folder: StoredFolder,
  given: GivenProperties,
  changeToken: string | undefined,
  { user, now }: Act,
): void {
  if (changeToken !== undefined && changeToken !== String(folder.changeToken)) {
    throw new CmisError('updateConflict', 'updateProperties failed: changeToken does not match');
  }
  guardFixedFolders(folder);
  const type = store.type(folder.typeId)!;
  const properties = typedProperties(given, allProperties(type));
  const name = given.has('cmis:name')
    ? checkName(store, given.get('cmis:name') || null, folder.parentId, folder.id)
    : folder.name;
  const own = new Map([...folder.properties, ...ownProperties(properties, type, ['cmis:name'])]);
  refuseCode(faults, own);
  store.update({
    ...folder,
    name,
    properties: own,
    modifiedBy: user,
    modifiedAt: now,
    changeToken: Math.max(now, folder.changeToken + 1),
  });
}
