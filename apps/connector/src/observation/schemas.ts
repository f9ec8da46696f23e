import { z } from 'zod';
import { conceptIdSchema, textSchema } from '#contracts';

const record = z.object({
  externalId: z.string(),
  code: z.string(),
  title: z.string(),
  active: z.boolean(),
});
const entry = z.object({ conceptId: conceptIdSchema, code: z.string(), title: z.string() });

export const observationAnswer = z.object({
  target: z.string(),
  /** The revision that the records say most of, else the desired one; they are read by it. */
  fits: z.object({ revision: z.int(), edition: z.string().nullable() }),
  /** The revision that the target should hold; 0 before the first. */
  desired: z.int(),
  records: z.int(),
  /** Become records of ours, and are made equal to the map. */
  adopt: z.array(
    record.extend({ conceptId: conceptIdSchema, by: z.enum(['key', 'code-and-title', 'decision']) }),
  ),
  /** Wait for a decision: which concept, or none. */
  ask: z.array(record.extend({ candidates: z.array(entry) })),
  /** Would be made anew. */
  create: z.array(entry),
  /** Would not be written, and why. */
  refused: z.array(z.object({ conceptId: conceptIdSchema, code: z.string(), reason: z.string() })),
  /** Are never touched. */
  foreign: z.array(record),
});
export type Observation = z.infer<typeof observationAnswer>;

export const activationBody = z.strictObject({
  /** Of `fits`, as it was seen: with another one, the records would mean something else. */
  revision: z.int().min(0).max(2_147_483_647),
  /** For each record that was asked about; null: it is foreign. */
  decisions: z
    .array(z.strictObject({ externalId: textSchema.max(1_000), conceptId: conceptIdSchema.nullable() }))
    .max(100_000)
    .default([]),
});
export type Activation = z.output<typeof activationBody>;

/** `conceptId` null: the record is nobody's of ours. */
export const adoptionBody = z.strictObject({
  externalId: textSchema.min(1).max(1_000),
  conceptId: conceptIdSchema.nullable(),
  reason: textSchema.trim().min(1).max(500).exactOptional(),
});
export type Adoption = z.output<typeof adoptionBody>;
