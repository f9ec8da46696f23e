import { z } from 'zod';
import { entryReferenceSchema } from './drafts.ts';
import { daySchema } from './entry.ts';

/** Both sides by code or concept id: of the historical edition, and of the lowest revision so far. */
const historyLinkSchema = z.strictObject({
  predecessor: entryReferenceSchema,
  successor: entryReferenceSchema,
});
export type HistoryLink = z.infer<typeof historyLinkSchema>;

export const addHistorySchema = z.strictObject({
  /** An open or approved draft; its whole map, with its edition, is the historical one. */
  draft: z.uuid(),
  /** The Europe/Rome day from which it was valid, before that of every revision so far. */
  effectiveDate: daySchema,
  links: z.array(historyLinkSchema).max(1_000_000).default([]),
});
