import { z } from 'zod';
import { hashSchema, numberSchema, textSchema } from '#contracts';

export const consumerPath = z.object({
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id has small letters, digits and single hyphens')
    .max(60),
});

/** What a reader holds: a revision, and the hash that it computed of it. */
export const checkpointBody = z.strictObject({
  scheme: textSchema.min(1).max(60),
  revision: numberSchema,
  hash: hashSchema,
});
export type Checkpoint = z.output<typeof checkpointBody>;

export const consumerSchema = z.object({
  id: z.string(),
  scheme: z.string(),
  revision: z.int(),
  /** Revisions in force that it has not reported. */
  behind: z.int(),
  /** null: the connector does not hold that revision. */
  isHashRight: z.boolean().nullable(),
  reportedAt: z.iso.datetime(),
});
export type Consumer = z.infer<typeof consumerSchema>;
export const consumersAnswer = z.object({ items: z.array(consumerSchema) });
