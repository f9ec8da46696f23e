import { z } from 'zod';

const revision = z.coerce.number().int().min(1).exactOptional();
const limit = z.coerce.number().int().min(1).max(1_000).default(100);

export const schemePathSchema = z.object({ scheme: z.string().min(1).max(60) });
export const revisionPathSchema = schemePathSchema.extend({ revision: z.coerce.number().int().min(1) });
export const entryPathSchema = schemePathSchema.extend({ entry: z.string().min(1).max(100) });
export const draftPathSchema = z.object({ draft: z.uuid() });

/** The revision in force when left out. */
export const atRevisionSchema = z.object({ revision });
export const searchSchema = z.object({
  revision,
  q: z.string().max(200).exactOptional(),
  cursor: z
    .string()
    .regex(/^\d{1,9}$/, 'is not a cursor that this API gave')
    .exactOptional(),
  limit,
});
export const changesPageSchema = z.object({ after: z.coerce.number().int().min(0).default(0), limit });
