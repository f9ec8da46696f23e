import { CmisError } from './cmis-error.ts';
import type { Paging } from './paging.ts';
import type { RecordsStore, StoredFolder } from './records.store.ts';
import { renderObject, type Rendering } from './render-object.ts';

export interface NavigationRendering extends Rendering {
  readonly pathSegments: boolean;
}

/** cmisselector=children: one page of the folder's children, by name. */
export function children(
  store: RecordsStore,
  folder: StoredFolder,
  { maxItems, skipCount }: Paging,
  how: NavigationRendering,
): unknown {
  const page = store.children(folder.id, maxItems, skipCount);
  const numItems = store.countChildren(folder.id);
  return {
    objects: page.map((child) => renderChild(store, child, how)),
    hasMoreItems: skipCount + page.length < numItems,
    numItems,
  };
}

/** cmisselector=descendants: the tree below the folder. @param depth -1 for all of it */
export function descendants(
  store: RecordsStore,
  folder: StoredFolder,
  depth: number,
  how: NavigationRendering,
): unknown[] {
  if (depth === 0)
    throw new CmisError('invalidArgument', 'A zero depth is not allowed for getDescendants().');
  return store.children(folder.id, -1, 0).map((child) => {
    const below = depth === 1 ? [] : descendants(store, child, depth - 1, how);
    return { object: renderChild(store, child, how), ...(below.length > 0 ? { children: below } : {}) };
  });
}

/** cmisselector=parents */
export function parents(store: RecordsStore, folder: StoredFolder, how: Rendering): unknown[] {
  const parent = folder.parentId === null ? undefined : store.byId(folder.parentId);
  return parent ? [{ object: renderObject(store, parent, how) }] : [];
}

function renderChild(store: RecordsStore, child: StoredFolder, how: NavigationRendering): unknown {
  return {
    object: renderObject(store, child, how),
    ...(how.pathSegments ? { pathSegment: child.name } : {}),
  };
}
