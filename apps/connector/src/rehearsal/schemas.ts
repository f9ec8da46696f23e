import { z } from 'zod';
import { numberSchema } from '#contracts';

/** Without a revision: the one that the target should hold. */
export const rehearsalBody = z.strictObject({ revision: numberSchema.optional() }).optional();

const step = z.object({
  /** park: stands aside under another code for a moment, so that two records can change places. */
  is: z.enum(['create', 'change', 'retire', 'park']),
  /** Steps of one wave do not wait for one another. */
  wave: z.int(),
  /** Of the entry, as people know it. */
  code: z.string(),
  conceptId: z.uuid(),
  /** The record; null: it is made. */
  externalId: z.string().nullable(),
  /** What the record will say. */
  content: z.object({
    code: z.string(),
    title: z.string(),
    level: z.int(),
    /** Concept of the record that it stands below. */
    parentId: z.uuid().nullable(),
    active: z.boolean(),
    validTo: z.iso.date().nullable(),
  }),
});

export const rehearsalAnswer = z.object({
  target: z.string(),
  /** Held now. */
  applied: z.int(),
  revision: z.int(),
  counts: z.object({ create: z.int(), change: z.int(), retire: z.int(), park: z.int() }),
  /** In the order in which they would be sent. */
  steps: z.array(step),
  /** What would not arrive: refused by the profile or for a code that a foreign record has, or waiting for such. */
  refused: z.array(
    z.object({
      code: z.string(),
      conceptId: z.uuid(),
      class: z.enum(['rejected', 'waits']),
      reason: z.string(),
    }),
  ),
});
export type Rehearsal = z.infer<typeof rehearsalAnswer>;
export type RehearsedStep = Rehearsal['steps'][number];
