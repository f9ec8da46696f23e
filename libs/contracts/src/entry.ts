import { changeKinds, codeFrom, conceptIdFrom } from '#taxonomy';
import { z } from 'zod';

export const conceptIdSchema = z.uuid().transform(conceptIdFrom);
export const codeSchema = z.string().min(1).max(100).transform(codeFrom);
export const languageSchema = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);
export const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);
/** A day in Europe/Rome. */
export const daySchema = z.iso.date();

export const titleSchema = z.object({ official: z.string(), short: z.string().exactOptional() });
export const noteSchema = z.object({
  includes: z.string().exactOptional(),
  excludes: z.string().exactOptional(),
  guidance: z.string().exactOptional(),
});
export const attributeSchema = z.union([z.string(), z.boolean(), z.int()]);

export const entrySchema = z.object({
  conceptId: conceptIdSchema,
  code: codeSchema.nullable(),
  parentId: conceptIdSchema.nullable(),
  rank: z.int(),
  titles: z.record(languageSchema, titleSchema),
  notes: z.record(languageSchema, noteSchema),
  attributes: z.record(z.string(), attributeSchema),
});

export const placedEntrySchema = entrySchema.extend({
  level: z.int().min(1),
  parentCode: codeSchema.nullable(),
  path: z.array(codeSchema),
});

export const changeKindSchema = z.enum(changeKinds);
