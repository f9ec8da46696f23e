import { z } from 'zod';
import { draftStateSchema } from './drafts.ts';
import { conceptIdSchema, textSchema } from './entry.ts';

/** Numbers below 1 are editions that were in force before the first revision. */
const revisionNumber = z.coerce.number().int().min(-1_000_000).max(2_147_483_647);
const revision = revisionNumber.exactOptional();
const cursor = z
  .string()
  .regex(/^\d{1,9}$/, 'is not a cursor that this API gave')
  .exactOptional();
const limit = z.coerce.number().int().min(1).max(1_000).default(100);

export const schemePathSchema = z.object({ scheme: textSchema.min(1).max(60) });
export const revisionPathSchema = schemePathSchema.extend({ revision: revisionNumber });
export const nodePathSchema = revisionPathSchema.extend({
  node: z.union([z.literal('root'), conceptIdSchema]),
});
export const entryPathSchema = schemePathSchema.extend({ entry: textSchema.min(1).max(100) });
export const draftPathSchema = z.object({ draft: z.uuid() });

/** The revision in force when left out. */
export const atRevisionSchema = z.object({ revision });
export const csvQuerySchema = atRevisionSchema.extend({
  /** `excel-it`: as Excel opens it on a machine set to Italian (`;`, byte order mark). */
  variant: z.enum(['standard', 'excel-it']).default('standard'),
});
export const editingFileQuerySchema = atRevisionSchema.extend({
  /** Of the headers, for those who fill them in. */
  lang: z.enum(['it', 'en']).default('it'),
});
export const searchSchema = z.object({
  revision,
  q: textSchema
    .max(200)
    .exactOptional()
    .describe(
      'The beginning of a code (letter case and look-alike letters do not matter), or words of the title or their beginnings (Italian; ' +
        'endings and accents do not matter). Entries whose code begins so stand first, then those whose title has all the words. All entries when left out.',
    ),
  cursor,
  limit,
});
export const changesPageSchema = z.object({
  after: z.coerce.number().int().min(0).max(2_147_483_647).default(0),
  limit,
});

export const draftEntryPathSchema = draftPathSchema.extend({ entry: textSchema.min(1).max(100) });
export const draftsPageSchema = z.object({ state: draftStateSchema.exactOptional(), cursor, limit });
export const draftChildrenSchema = z.object({
  /** Code in the draft, or concept id; the top of the map when left out. */
  parent: textSchema.min(1).max(100).exactOptional(),
  cursor,
  limit,
});
/** `preview=true` tells what would be done, and does nothing. */
export const previewSchema = z.object({ preview: z.enum(['true', 'false']).default('false') });
/** Entries that take the place of the one that is retired, separated by commas; `none` when its work ends. */
export const retireSchema = z.object({ successors: textSchema.min(1).max(10_000).exactOptional() });
