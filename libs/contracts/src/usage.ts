import { z } from 'zod';
import { codeSchema, conceptIdSchema, textSchema } from './entry.ts';

const idSchema = textSchema.min(1).max(200);

/** Concepts by id, or by every code that they ever had; both may be given. */
export const usageBodySchema = z
  .strictObject({
    scheme: idSchema,
    codes: z.array(codeSchema).max(1_000).default([]),
    conceptIds: z.array(conceptIdSchema).max(1_000).default([]),
  })
  .refine(({ codes, conceptIds }) => codes.length + conceptIds.length > 0, {
    message: 'name at least one code or concept',
    path: ['codes'],
  });
export type UsageBody = z.output<typeof usageBodySchema>;

export const usageQuerySchema = z.object({
  /** Targets of a page. */
  limit: z.coerce.number().int().min(1).max(500).default(100),
  /** The target after which the page begins: `next` of the page before. */
  after: idSchema.optional(),
});
export type UsageQuery = z.output<typeof usageQuerySchema>;

const recordUseSchema = z.object({
  conceptId: conceptIdSchema,
  /** Code that the record carries, a retired one with its suffix. */
  code: z.string(),
  /** ended: it is out of use in the map, and things refer to it still. */
  record: z.enum(['current', 'ended']),
  uses: z.int(),
});
export type RecordUse = z.infer<typeof recordUseSchema>;

const targetUsageSchema = z.object({
  target: z.string(),
  profile: z.string(),
  organisation: z.string(),
  /** False: nobody knows, and `reason` says why. */
  isCounted: z.boolean(),
  reason: z.string().nullable(),
  uses: z.int(),
  /** The records that are used. */
  records: z.array(recordUseSchema),
});
export type TargetUsage = z.infer<typeof targetUsageSchema>;

const profileUsageSchema = z.object({
  profile: z.string(),
  /** Of the targets of this page: how many were counted, how many could not be, and what the first use. */
  counted: z.int(),
  notCounted: z.int(),
  uses: z.int(),
});
export type ProfileUsage = z.infer<typeof profileUsageSchema>;

export const usageAnswerSchema = z.object({
  scheme: z.string(),
  profiles: z.array(profileUsageSchema),
  targets: z.array(targetUsageSchema),
  /** Give it as `after` for the next page; null on the last one. */
  next: z.string().nullable(),
});
export type UsageAnswer = z.infer<typeof usageAnswerSchema>;
