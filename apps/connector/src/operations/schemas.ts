import { z } from 'zod';
import { codeSchema, targetStatusSchema, textSchema } from '#contracts';

export const targetPath = z.object({ id: textSchema.max(200) });
export const codePath = z.object({ code: codeSchema });
export const schemePath = z.object({ scheme: textSchema.max(200) });

/** Without `codes`: everything that is stuck. */
export const retryBody = z
  .strictObject({ codes: z.array(codeSchema).min(1).max(10_000).optional() })
  .optional();

export const retryAnswer = z.object({ retried: z.int() });

export const targetsAnswer = z.object({ targets: z.array(targetStatusSchema) });

export const stuckItem = z.object({
  code: z.string(),
  conceptId: z.uuid(),
  title: z.string(),
  /** Refused by the target or by its profile; or waiting for something that is. */
  class: z.enum(['rejected', 'waits']),
  /** The target's own words, where it gave any. */
  reason: z.string(),
  attempts: z.int(),
  since: z.iso.datetime(),
  nextAttempt: z.iso.datetime().nullable(),
});
export type StuckItem = z.infer<typeof stuckItem>;
export const stuckAnswer = z.object({ target: z.string(), items: z.array(stuckItem) });

export const codeAtTarget = z.object({
  target: z.string(),
  conceptId: z.uuid(),
  /** none: the target has no record of it. */
  record: z.enum(['current', 'ended', 'none']),
  externalId: z.string().nullable(),
  /** The code that the record carries now. */
  recordCode: z.string().nullable(),
  acknowledged: z.iso.datetime().nullable(),
  stuck: z.object({ class: z.enum(['rejected', 'waits']), reason: z.string(), attempts: z.int() }).nullable(),
});
export type CodeAtTarget = z.infer<typeof codeAtTarget>;
export const codeAnswer = z.object({ code: z.string(), targets: z.array(codeAtTarget) });

export const replicaStatus = z.object({
  scheme: z.string(),
  /** Highest revision that is applied; 0 for none. */
  revision: z.int(),
  contentHash: z.string().nullable(),
  entries: z.int(),
  /** The revision that targets should hold. */
  desired: z.int(),
  /** Revisions that are known and not complete. */
  waiting: z.int(),
  problem: z.string().nullable(),
});
export type ReplicaStatus = z.infer<typeof replicaStatus>;
