import type { FaultBoard } from '../faults/fault-board.ts';
import type { Act } from './act.ts';
import { checkName } from './check-name.ts';
import { CmisError } from './cmis-error.ts';
import { allProperties } from './folder-type.ts';
import { ownProperties, refuseCode } from './own-properties.ts';
import { typedProperties, type GivenProperties } from './properties.ts';
import type { RecordsStore, StoredFolder } from './records.store.ts';

/** createFolder: `required` of own properties is not enforced, as in OpenCMIS. Answers the new folder's id. */
export function createFolder(
  store: RecordsStore,
  faults: FaultBoard,
  parent: StoredFolder,
  given: GivenProperties,
  { user, now }: Act,
): number {
  const typeId = given.get('cmis:objectTypeId');
  if (!typeId) throw new CmisError('invalidArgument', 'cmis:objectTypeId must be set.');
  const type = store.type(typeId);
  if (!type) throw new CmisError('objectNotFound', `unknown type id: ${typeId}`);
  const properties = typedProperties(given, allProperties(type));
  const name = checkName(store, given.get('cmis:name') || null, parent.id, null);
  const own = ownProperties(properties, type, ['cmis:name', 'cmis:objectTypeId']);
  refuseCode(faults, own);
  return store.insert({
    parentId: parent.id,
    name,
    typeId,
    properties: own,
    createdBy: user,
    createdAt: now,
    modifiedBy: user,
    modifiedAt: now,
    changeToken: now,
  });
}
