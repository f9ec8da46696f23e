import { z } from 'zod';
import { findingSchema } from './answers.ts';
import { conceptIdSchema, daySchema, textSchema } from './entry.ts';

export const resolutionSchema = z.strictObject({
  conceptId: conceptIdSchema,
  /** As the conflict names it: `code`, `parent`, `titles.it`, `entry`; `successors`, of which only `theirs` can be taken */
  field: textSchema.min(1).max(200),
  take: z.enum(['mine', 'theirs', 'value']),
  /** With `value`; null takes the field out. */
  value: z.unknown().optional(),
});
export type Resolution = z.output<typeof resolutionSchema>;

export const rebaseSchema = z.strictObject({
  /** Onto the map of a day to come, with what is sealed until then; onto the one in force when left out. */
  effectiveDate: daySchema.exactOptional(),
  resolutions: z.array(resolutionSchema).max(100_000).default([]),
});

export const conflictsAnswerSchema = z.object({
  items: z.array(
    z.object({
      conceptId: conceptIdSchema,
      field: z.string(),
      /** Values of the field; of `entry`, which one side retired, the whole entry, and `{"retired":true}` for that side, with `successors` where the map has some. */
      before: z.unknown(),
      mine: z.unknown(),
      theirs: z.unknown(),
    }),
  ),
  /** Why else a sealed set came back to a person: errors, or a label of an edition that is taken. */
  findings: z.array(findingSchema),
});
