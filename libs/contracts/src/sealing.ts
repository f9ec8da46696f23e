import { z } from 'zod';
import { changeEventSchema, sealedEventSchema, withdrawnEventSchema } from './events.ts';
import { countSchema } from './entry.ts';
import { draftStateSchema } from './drafts.ts';
import { schemePathSchema } from './reading.ts';

export const sealedPathSchema = schemePathSchema.extend({ set: z.uuid() });
export const sealedAnswerSchema = z.object({
  items: z.array(sealedEventSchema.omit({ sealedAt: true })),
  /** Sets that were sealed and are not any more, nor in force: they wait for a person. The last to leave first. */
  released: z.array(
    withdrawnEventSchema.extend({ edition: z.string(), state: draftStateSchema }).omit({ scheme: true }),
  ),
});
export type ReleasedSet = z.output<typeof sealedAnswerSchema>['released'][number];
export const sealedChangesAnswerSchema = z.object({
  items: z.array(
    changeEventSchema.omit({ scheme: true, revision: true, effectiveDate: true, index: true, count: true }),
  ),
  next: countSchema.nullable(),
});
