import type { RecordsStore, StoredFolder } from './records.store.ts';
import { folderType } from './folder-type.ts';
import type { PropertyValue } from './properties.ts';
import type { PropertyDefinition, TypeDefinition } from './type-definition.ts';

/** `/mappa/A1 Governo`; `/` for the root. */
export function pathOf(store: RecordsStore, id: number): string {
  const names = store.ancestors(id).map(({ name }) => name);
  return `/${names.slice(0, -1).toReversed().join('/')}`;
}

/** The value of any property of a folder, those of the base type included. */
export function valueOf(store: RecordsStore, folder: StoredFolder, id: string): PropertyValue {
  switch (id) {
    case 'cmis:objectId':
      return String(folder.id);
    case 'cmis:name':
      return folder.name;
    case 'cmis:baseTypeId':
      return folderType.id;
    case 'cmis:objectTypeId':
      return folder.typeId;
    case 'cmis:parentId':
      return folder.parentId === null ? null : String(folder.parentId);
    case 'cmis:path':
      return pathOf(store, folder.id);
    case 'cmis:createdBy':
      return folder.createdBy;
    case 'cmis:creationDate':
      return folder.createdAt;
    case 'cmis:lastModifiedBy':
      return folder.modifiedBy;
    case 'cmis:lastModificationDate':
      return folder.modifiedAt;
    case 'cmis:changeToken':
      return String(folder.changeToken);
    default:
      return folder.properties.get(id) ?? null;
  }
}

/** The properties that an object of a type has of its own or from cmis:folder. */
export function definitionOf(type: TypeDefinition, id: string): PropertyDefinition | undefined {
  if (Object.hasOwn(type.propertyDefinitions, id)) return type.propertyDefinitions[id];
  return Object.hasOwn(folderType.propertyDefinitions, id) ? folderType.propertyDefinitions[id] : undefined;
}

/** Ids of all properties of a type, in the order in which they are shown. */
export function propertyIds(type: TypeDefinition): string[] {
  return [
    ...new Set([...Object.keys(folderType.propertyDefinitions), ...Object.keys(type.propertyDefinitions)]),
  ];
}
