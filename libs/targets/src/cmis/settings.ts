import { z } from 'zod';

const propertyId = z.string().regex(/^[\w:.-]+$/, 'a property id, for example act:title');

/** Where the map is kept in the records system, and as what type of folder. */
export const cmisSettings = z.strictObject({
  /** An existing folder; entries without a parent stand directly below it. Nothing outside it is written; a folder seen below it half a minute ago counts as below it. */
  rootPath: z
    .string()
    .regex(/^(\/[^/]+)+$/, 'a path below the repository root, for example /mappa')
    .default('/mappa'),
  type: propertyId.default('act:code'),
  properties: z
    .strictObject({
      key: propertyId.default('act:ext'),
      code: propertyId.default('act:cod'),
      title: propertyId.default('act:title'),
      active: propertyId.default('act:active'),
      validTo: propertyId.default('act:validTo'),
    })
    .prefault({}),
  batchSize: z.int().min(1).max(100).default(40),
  /** Requests at the same time. */
  concurrency: z.int().min(1).max(32).default(4),
  /** Characters of a folder name, escapes included; longer ones are cut, the title property never. */
  longestName: z.int().min(40).default(200),
  longestTitle: z.int().min(1).default(4000),
  longestCode: z.int().min(1).default(100),
});

export type CmisSettings = z.infer<typeof cmisSettings>;
