import { z } from 'zod';
import type { Properties } from './properties.ts';
import { newType, typeDefinition, type TypeDefinition } from './type-definition.ts';

const stored = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** The JSON of a stored object. */
export const readStoredProperties = (json: string): Properties =>
  new Map(Object.entries(stored.parse(JSON.parse(json))));

/** The JSON of a stored type. */
export const readStoredType = (json: string): TypeDefinition =>
  typeDefinition(newType.parse(JSON.parse(json)));
