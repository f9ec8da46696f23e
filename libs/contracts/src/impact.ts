import { z } from 'zod';
import { countSchema, numberSchema } from './entry.ts';
import { profilePlansSchema } from './plans.ts';
import { usageAnswerSchema } from './usage.ts';

/** False: nobody could be asked, and `reason` says why. */
const known = { isKnown: z.boolean(), reason: z.string().nullable() };

/** What publishing a draft means for the targets, and how much of theirs uses what it touches. */
export const impactAnswerSchema = z.object({
  scheme: z.string(),
  baseRevision: numberSchema.nullable(),
  changes: countSchema,
  plan: z.object({ ...known, profiles: profilePlansSchema }),
  usage: usageAnswerSchema.pick({ profiles: true, targets: true, next: true }).extend({
    ...known,
    /** Of the concepts that the draft touches and that have a code: how many there are, and how many were asked about. */
    touched: countSchema,
    asked: countSchema,
  }),
});
export type ImpactAnswer = z.infer<typeof impactAnswerSchema>;
