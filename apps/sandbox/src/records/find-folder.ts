import { CmisError } from './cmis-error.ts';
import { rootId, type RecordsStore, type StoredFolder } from './records.store.ts';

/** The folder of an id as clients write it. @throws CmisError objectNotFound */
export function folderOfId(store: RecordsStore, id: string): StoredFolder {
  const folder = /^\d{1,15}$/.test(id) ? store.byId(Number(id)) : undefined;
  if (!folder) throw new CmisError('objectNotFound', `Unknown object id: ${id}`);
  return folder;
}

/** @param path below the root folder, `/mappa/A1 Governo`; '' for the root. @throws CmisError objectNotFound */
export function folderOfPath(store: RecordsStore, path: string): StoredFolder {
  let folder = store.byId(rootId);
  for (const name of path.split('/').filter((segment) => segment !== '')) {
    folder = folder && store.child(folder.id, name);
  }
  if (!folder) throw new CmisError('objectNotFound', `Unknown path: ${path}`);
  return folder;
}
