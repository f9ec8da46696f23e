import { z } from 'zod';
import { numberSchema } from '#contracts';

/** Without a revision: the one that the target should hold. */
export const rehearsalBody = z.strictObject({ revision: numberSchema.optional() }).optional();

const step = z.object({
  /** delete: after it has been retired, and only where nothing uses it then; park: stands aside under another code for a moment, so that two records can change places. */
  is: z.enum(['create', 'change', 'retire', 'delete', 'park']),
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
  counts: z.object({ create: z.int(), change: z.int(), retire: z.int(), delete: z.int(), park: z.int() }),
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

/** `after` is the `next` of the page before; `limit` counts batches. */
export const dryRunBody = z
  .strictObject({
    revision: numberSchema.optional(),
    after: z.int().min(0).max(1_000_000).default(0),
    limit: z.int().min(1).max(20).default(5),
  })
  .default({ after: 0, limit: 5 });
export type DryRunPage = z.output<typeof dryRunBody>;

const dryBatch = z.object({
  /** Of the entries whose records are sent together. */
  codes: z.array(z.string()),
  /** Those that write; where a second one depends on what the first is answered, the first. None: all is so already. */
  requests: z.array(
    z.object({
      method: z.string(),
      /** With query. */
      path: z.string(),
      contentType: z.string().nullable(),
      /** At most 16 kB. The id of a record that is made first, which nobody knows yet, is `rehearsed` and our key. */
      body: z.string().nullable(),
      isWhole: z.boolean(),
    }),
  ),
  /** What cannot be put into a request now, most often because the record above it is made first. */
  open: z.array(z.object({ code: z.string(), reason: z.string() })),
});
export type DryBatch = z.infer<typeof dryBatch>;
export const dryRunAnswer = z.object({
  target: z.string(),
  /** Held now. */
  applied: z.int(),
  revision: z.int(),
  /** In the order in which they would be sent. */
  batches: z.array(dryBatch),
  next: z.int().nullable(),
});
export type DryRun = z.infer<typeof dryRunAnswer>;
