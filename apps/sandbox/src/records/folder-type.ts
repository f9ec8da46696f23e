import type { PropertyDefinition, TypeDefinition } from './type-definition.ts';

type Kind = PropertyDefinition['propertyType'];

function base(
  id: string,
  displayName: string,
  propertyType: Kind,
  more: Partial<PropertyDefinition> = {},
): PropertyDefinition {
  return {
    id,
    localName: id,
    displayName,
    queryName: id,
    description: displayName,
    propertyType,
    cardinality: 'single',
    updatability: 'readonly',
    inherited: false,
    required: false,
    queryable: true,
    orderable: propertyType !== 'id',
    ...more,
  };
}

const definitions = [
  base('cmis:name', 'Name', 'string', { updatability: 'readwrite', required: true }),
  base('cmis:description', 'Description', 'string', { updatability: 'readwrite' }),
  base('cmis:objectId', 'Object Id', 'id'),
  base('cmis:baseTypeId', 'Base Type Id', 'id'),
  base('cmis:objectTypeId', 'Object Type Id', 'id', { updatability: 'oncreate', required: true }),
  base('cmis:createdBy', 'Created By', 'string'),
  base('cmis:creationDate', 'Creation Date', 'datetime'),
  base('cmis:lastModifiedBy', 'Last Modified By', 'string'),
  base('cmis:lastModificationDate', 'Last Modification Date', 'datetime'),
  base('cmis:changeToken', 'Change Token', 'string', { queryable: false, orderable: false }),
  base('cmis:parentId', 'Parent Id', 'id', { queryable: false }),
  base('cmis:path', 'Path', 'string', { queryable: false, orderable: false }),
] as const;

/** The base type of every folder (CMIS 1.1 section 2.1.5.1). */
export const folderType: TypeDefinition = {
  id: 'cmis:folder',
  localName: 'cmis:folder',
  localNamespace: 'http://docs.oasis-open.org/ns/cmis/core/200908/',
  displayName: 'Folder',
  queryName: 'cmis:folder',
  description: 'Folder',
  baseId: 'cmis:folder',
  parentId: null,
  propertyDefinitions: Object.fromEntries(definitions.map((definition) => [definition.id, definition])),
};

/** Everything that an object of a type has: the properties of its own and those of every folder. */
export function allProperties(type: TypeDefinition): Readonly<Record<string, PropertyDefinition>> {
  if (type.parentId === null) return type.propertyDefinitions;
  const inherited = Object.values(folderType.propertyDefinitions).map((definition) => ({
    ...definition,
    inherited: true,
  }));
  return {
    ...Object.fromEntries(inherited.map((definition) => [definition.id, definition])),
    ...type.propertyDefinitions,
  };
}

/** The type as the browser binding shows it. */
export function renderType(type: TypeDefinition): unknown {
  const { parentId, ...rest } = type;
  const isBase = parentId === null;
  return {
    ...rest,
    ...(isBase ? {} : { parentId }),
    creatable: true,
    fileable: true,
    queryable: true,
    fulltextIndexed: false,
    includedInSupertypeQuery: true,
    controllablePolicy: false,
    controllableACL: false,
    typeMutability: { create: true, update: false, delete: false },
    propertyDefinitions: allProperties(type),
  };
}
