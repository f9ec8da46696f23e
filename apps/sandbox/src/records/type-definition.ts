import { z } from 'zod';

/** Ids end up in SQL paths, so they are held to what OpenCMIS accepts. */
const id = z.string().regex(/^[A-Za-z][A-Za-z0-9:_-]{0,99}$/, 'an id has letters, digits, :, _ and -');

const property = z.object({
  id,
  localName: z.string().optional(),
  displayName: z.string().optional(),
  queryName: z.string().optional(),
  description: z.string().optional(),
  propertyType: z.enum(['string', 'id', 'boolean', 'integer', 'decimal', 'datetime', 'uri', 'html']),
  cardinality: z.literal('single', 'only single values are simulated'),
  updatability: z.enum(['readwrite', 'readonly', 'oncreate']).default('readwrite'),
  required: z.boolean().default(false),
  queryable: z.boolean().default(true),
  orderable: z.boolean().default(true),
});

/** A type as `createType` takes it: below cmis:folder, with single-valued properties. */
export const newType = z.object({
  id,
  localName: z.string().optional(),
  localNamespace: z.string().optional(),
  displayName: z.string().optional(),
  description: z.string().optional(),
  baseId: z.literal('cmis:folder'),
  parentId: z.literal('cmis:folder'),
  propertyDefinitions: z.record(z.string(), property).default({}),
});

export interface PropertyDefinition {
  readonly id: string;
  readonly localName: string;
  readonly displayName: string;
  readonly queryName: string;
  readonly description: string;
  readonly propertyType: 'string' | 'id' | 'boolean' | 'integer' | 'decimal' | 'datetime' | 'uri' | 'html';
  readonly cardinality: 'single' | 'multi';
  readonly updatability: 'readwrite' | 'readonly' | 'oncreate';
  readonly inherited: boolean;
  readonly required: boolean;
  readonly queryable: boolean;
  readonly orderable: boolean;
}

export interface TypeDefinition {
  readonly id: string;
  readonly localName: string;
  readonly localNamespace: string;
  readonly displayName: string;
  readonly queryName: string;
  readonly description: string;
  readonly baseId: 'cmis:folder';
  readonly parentId: 'cmis:folder' | null;
  readonly propertyDefinitions: Readonly<Record<string, PropertyDefinition>>;
}

/** The definition that is stored and shown: names that were left out are the id. */
export function typeDefinition(type: z.infer<typeof newType>): TypeDefinition {
  const properties = Object.values(type.propertyDefinitions).map((definition) => ({
    ...definition,
    localName: definition.localName ?? definition.id,
    displayName: definition.displayName ?? definition.id,
    queryName: definition.id,
    description: definition.description ?? definition.id,
    inherited: false,
  }));
  return {
    id: type.id,
    localName: type.localName ?? type.id,
    localNamespace: type.localNamespace ?? '',
    displayName: type.displayName ?? type.id,
    queryName: type.id,
    description: type.description ?? type.id,
    baseId: 'cmis:folder',
    parentId: 'cmis:folder',
    propertyDefinitions: Object.fromEntries(properties.map((definition) => [definition.id, definition])),
  };
}
