import { z } from 'zod';
import { entryReferenceSchema } from './drafts.ts';
import { daySchema } from './entry.ts';

/** Both sides by code or concept id: of the historical edition, and of the lowest revision so far. */
const historyLinkSchema = z.strictObject({
  predecessor: entryReferenceSchema,
  successor: entryReferenceSchema,
});

/** What a draft is as a historical edition. */
export const historyPlacementSchema = z.strictObject({
  /** The Europe/Rome day from which it was valid, before that of every revision so far. */
  effectiveDate: daySchema,
  links: z.array(historyLinkSchema).max(1_000_000).default([]),
  /** Entries of the historical edition whose place nobody takes. */
  nobody: z.array(entryReferenceSchema).max(1_000_000).default([]),
});
export type HistoryPlacement = z.output<typeof historyPlacementSchema>;

export const addHistorySchema = z.strictObject({
  /** An approved draft that says from when it was valid; its whole map, with its edition, is the historical one. */
  draft: z.uuid(),
});
