import { z } from 'zod';

const alteredField = z.object({
  field: z.enum(['key', 'code', 'title', 'level', 'parent', 'active', 'validTo']),
  /** What the target acknowledged; of a parent the concept. */
  ours: z.union([z.string(), z.number(), z.boolean()]).nullable(),
  /** What stands there; of a parent the id of its record. */
  theirs: z.union([z.string(), z.number(), z.boolean()]).nullable(),
});

const finding = z.object({
  /**
   * missing: ours, and gone; altered: it says something else than was acknowledged; extra: a second record with a key of
   * ours; foreign: not ours, and never touched; recurring: not wrong now, and mended three times in a row or more.
   */
  kind: z.enum(['missing', 'altered', 'extra', 'foreign', 'recurring']),
  externalId: z.string().nullable(),
  code: z.string(),
  conceptId: z.uuid().nullable(),
  fields: z.array(alteredField),
  /**
   * So many times in a row it was mended, now included; it never stood as it should for two days between. Not counted is what a target
   * may have done late of what it was sent.
   */
  times: z.int(),
});
export type Finding = z.infer<typeof finding>;

export const driftReport = z.object({
  target: z.string(),
  policy: z.enum(['repair', 'report']),
  /** waiting: asked for, or due; reading: under way; else how the last one ended. */
  state: z.enum(['never', 'waiting', 'reading', 'verified', 'drifted', 'in-doubt', 'unreadable']),
  /** So much was found wrong that nothing was mended, or something was mended in vain: an operator looks, and releases the repair. */
  held: z.boolean(),
  /** Everything that was acknowledged was there, and equal, at this time. */
  verifiedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  /** From then on it is read again; what was mended and waits to be sent brings that forward once it was sent. */
  dueAt: z.iso.datetime().nullable(),
  /** Why it could not be read. */
  reason: z.string().nullable(),
  records: z.int(),
  missing: z.int(),
  altered: z.int(),
  extra: z.int(),
  /** But for those of which a person said that they are nobody's of ours. */
  foreign: z.int(),
  /** Records that are to be sent again, and so prove nothing. */
  inDoubt: z.int(),
  /** Records that were mended three times in a row or more, wrong now or not: something at the target undoes it each time. */
  recurring: z.int(),
  /** The first thousand of each kind. */
  findings: z.array(finding),
  /** Give it as `after` for the next page; null on the last one. */
  next: z.int().nullable(),
});
export type DriftReport = z.infer<typeof driftReport>;

export const releasedRepair = z.object({
  /** So many wrong records are mended, when the target was read again; more are held again. */
  released: z.int(),
});

export const driftQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  after: z.coerce.number().int().min(0).max(1_000_000).default(0),
});
export type DriftQuery = z.output<typeof driftQuery>;
