import { CmisError } from './cmis-error.ts';
import { mappaId, rootId, type StoredFolder } from './records.store.ts';

/** The root folder and `/mappa` belong to the office: nobody renames, moves or deletes them. */
export function guardFixedFolders({ id }: StoredFolder): void {
  if (id === rootId) throw new CmisError('notSupported', "You can't change a root folder");
  if (id === mappaId)
    throw new CmisError('permissionDenied', 'The folder /mappa belongs to the administrators');
}
