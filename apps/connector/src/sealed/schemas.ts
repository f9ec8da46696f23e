import { z } from 'zod';
import { textSchema } from '#contracts';

export const setPath = z.object({ set: z.uuid() });

const sealedSet = z.object({
  set: z.uuid(),
  scheme: z.string(),
  edition: z.string(),
  effectiveDate: z.iso.date(),
  changes: z.int(),
  contentHash: z.string(),
  /** End of the last rehearsal on all targets; null: none yet of the set as it stands. */
  rehearsedAt: z.iso.datetime().nullable(),
  /** Targets that would refuse something, as far as they were rehearsed. */
  refusing: z.int(),
  /** Targets that could not be asked, as far as it got. */
  notRehearsed: z.int(),
});
export type SealedSet = z.infer<typeof sealedSet>;
export const sealedSetsAnswer = z.object({ items: z.array(sealedSet) });

/** `cursor` is the `next` of the page before. */
export const rehearsalQuery = z.object({
  cursor: textSchema.max(200).exactOptional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

const refusedItem = z.object({
  code: z.string(),
  title: z.string(),
  conceptId: z.uuid(),
  class: z.enum(['rejected', 'waits']),
  reason: z.string(),
});
export type RefusedItem = z.infer<typeof refusedItem>;

export const sealedRehearsalAnswer = sealedSet.extend({
  /** Only targets that would refuse something, or could not be asked. */
  targets: z.array(
    z.object({
      target: z.string(),
      /** Entries that it would not take. */
      refused: z.int(),
      /** The first of them by code. */
      shown: z.array(refusedItem),
      /** Why it would take nothing at all now; null: it would. */
      reason: z.string().nullable(),
      /** Why what only the target can tell is not known; null: it was asked. */
      notRehearsed: z.string().nullable(),
    }),
  ),
  next: z.string().nullable(),
});
export type SealedRehearsal = z.infer<typeof sealedRehearsalAnswer>;
