import { CmisError } from './cmis-error.ts';
import { guardFixedFolders } from './guard-fixed-folders.ts';
import type { RecordsStore, StoredFolder } from './records.store.ts';

/** delete: only a folder without children. */
export function deleteFolder(store: RecordsStore, folder: StoredFolder): void {
  guardFixedFolders(folder);
  if (store.countChildren(folder.id) > 0) {
    throw new CmisError('constraint', `Cannot delete folder with id: ${folder.id}. Folder is not empty.`);
  }
  store.delete(folder.id);
}
