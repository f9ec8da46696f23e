import { z } from 'zod';
import { changeEventSchema, sealedEventSchema } from './events.ts';
import { countSchema } from './entry.ts';
import { schemePathSchema } from './reading.ts';

export const sealedPathSchema = schemePathSchema.extend({ set: z.uuid() });
export const sealedAnswerSchema = z.object({ items: z.array(sealedEventSchema.omit({ sealedAt: true })) });
export const sealedChangesAnswerSchema = z.object({
  items: z.array(
    changeEventSchema.omit({ scheme: true, revision: true, effectiveDate: true, index: true, count: true }),
  ),
  next: countSchema.nullable(),
});
