import { z } from 'zod';
import { holdSchema } from '#contracts';
import { reason } from '../operations/schemas.ts';

/** Why, and what was seen of the hold: it must be the same still. */
export const releaseHoldBody = z.strictObject({
  reason,
  revision: holdSchema.shape.revision,
  would: holdSchema.shape.would,
});
export type ReleaseHoldBody = z.output<typeof releaseHoldBody>;
