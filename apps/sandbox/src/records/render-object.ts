import { definitionOf, propertyIds, valueOf } from './object-properties.ts';
import type { RecordsStore, StoredFolder } from './records.store.ts';
import type { TypeDefinition } from './type-definition.ts';

export interface Rendering {
  readonly succinct: boolean;
  /** Ids of the properties wanted; null for all. The object id always comes along. */
  readonly filter: readonly string[] | null;
}

/** `filter=cmis:name,act:ext`; `*` or nothing for all. */
export function readFilter(filter: string | undefined): readonly string[] | null {
  if (!filter || filter.trim() === '*') return null;
  return filter.split(',').map((id) => id.trim());
}

/** A property value with what the type says of it, as the long form of the browser binding has it. */
export function renderProperty(type: TypeDefinition, id: string, value: unknown, queryName = id): unknown {
  const definition = definitionOf(type, id);
  return {
    id,
    localName: definition?.localName ?? id,
    displayName: definition?.displayName ?? id,
    queryName,
    type: definition?.propertyType ?? 'string',
    cardinality: 'single',
    value,
  };
}

/** Values of the wanted properties, `{id: value}` when succinct, else `{id: {id, type, …, value}}`. */
export function renderProperties(
  store: RecordsStore,
  folder: StoredFolder,
  { succinct, filter }: Rendering,
): Record<string, unknown> {
  const type = store.type(folder.typeId)!;
  const ids = propertyIds(type).filter(
    (id) => filter === null || id === 'cmis:objectId' || filter.includes(id),
  );
  return Object.fromEntries(
    ids.map((id) => {
      const value = valueOf(store, folder, id);
      return [id, succinct ? value : renderProperty(type, id, value)];
    }),
  );
}

/** An object of the browser binding (CMIS 1.1 section 5.5.3.3). */
export function renderObject(
  store: RecordsStore,
  folder: StoredFolder,
  rendering: Rendering,
): Record<string, unknown> {
  const properties = renderProperties(store, folder, rendering);
  return { [rendering.succinct ? 'succinctProperties' : 'properties']: properties, exactACL: true };
}
