import { z } from 'zod';
import { codeSchema } from '#contracts';

/** `cursor` is the `next` of the page before. `code`: only what is about it. */
export const attemptsQuery = z.strictObject({
  code: codeSchema.exactOptional(),
  cursor: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).exactOptional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type AttemptsQuery = z.output<typeof attemptsQuery>;

const attempt = z.object({
  id: z.int(),
  at: z.iso.datetime(),
  /** A turn as a whole; what a target in trouble was sent together; one record that it did not take. */
  kind: z.enum(['turn', 'batch', 'record']),
  revision: z.int(),
  conceptId: z.uuid().nullable(),
  code: z.string().nullable(),
  /** Class of the answer; of a turn, how it ended. */
  answer: z.enum(['rejected', 'gone', 'slow-down', 'failing', 'unknown', 'complete', 'left']),
  /** The target's own words, where it gave any. */
  reason: z.string(),
  sent: z.int(),
  done: z.int(),
  rejected: z.int(),
  durationMs: z.int(),
  /** HTTP; null: no answer came, or none is kept. */
  status: z.int().nullable(),
  /** Method, path and body, without secrets, at most 4 kB: of a longer one what is about the record. `[…]`: something is left out. */
  request: z.string().nullable(),
  /** Body of the answer, or why none came; without secrets, at most 4 kB in the same way. */
  response: z.string().nullable(),
});
export const attemptsAnswer = z.object({
  target: z.string(),
  /** The newest first. */
  attempts: z.array(attempt),
  next: z.int().nullable(),
});
export type AttemptsPage = Omit<z.infer<typeof attemptsAnswer>, 'target'>;
