import { checkName } from './check-name.ts';
import { CmisError } from './cmis-error.ts';
import { guardFixedFolders } from './guard-fixed-folders.ts';
import type { RecordsStore, StoredFolder } from './records.store.ts';

/** move: changes the parent and nothing else, not even the change token. */
export function moveFolder(
  store: RecordsStore,
  folder: StoredFolder,
  source: StoredFolder,
  target: StoredFolder,
): void {
  guardFixedFolders(folder);
  if (folder.parentId !== source.id) {
    const message = `Cannot move object, source folder ${source.id} is not a parent of object ${folder.id}`;
    throw new CmisError('notSupported', message);
  }
  if (store.ancestors(target.id).some(({ id }) => id === folder.id)) {
    throw new CmisError('notSupported', 'Destination of a move cannot be a subfolder of the source');
  }
  checkName(store, folder.name, target.id, folder.id);
  store.move(folder.id, target.id);
}
