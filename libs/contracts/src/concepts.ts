import { z } from 'zod';
import { changeViewSchema } from './answers.ts';
import {
  askedDaySchema,
  codeSchema,
  conceptIdSchema,
  entrySchema,
  placedEntrySchema,
  textSchema,
} from './entry.ts';
import { revisionPathSchema, schemePathSchema } from './reading.ts';
import { hopSchema, pointSchema, resolveAnswerSchema } from './resolve.ts';

export const conceptPathSchema = schemePathSchema.extend({ concept: conceptIdSchema });

const stateSchema = entrySchema.extend({
  /** Codes of the ancestors in the first of these revisions, the top first. */
  path: z.array(z.string()),
  from: pointSchema,
  /** The last revision in which the concept was so; null: it still is. */
  through: pointSchema.nullable(),
});

/** A concept as it is now, or as it last was. */
export const conceptAnswerSchema = z.object({
  scheme: z.string(),
  conceptId: conceptIdSchema,
  state: z.enum(['in-force', 'retired']),
  entry: stateSchema,
});

export const conceptHistoryAnswerSchema = z.object({
  scheme: z.string(),
  conceptId: conceptIdSchema,
  /** The oldest first. */
  states: z.array(stateSchema),
  /** What happened to it, and whose place it took or gave up. */
  events: z.array(hopSchema),
  /** Why changes of it were asked for, in the words of whoever did. */
  reasons: z.array(z.object({ revision: z.int(), reason: z.string() })),
});

const pointText = textSchema.min(1).max(100);

export const compareSchema = z.object({
  from: pointText,
  to: pointText,
  after: z.coerce.number().int().min(0).max(2_147_483_647).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

export const compareAnswerSchema = z.object({
  scheme: z.string(),
  from: pointSchema,
  to: pointSchema,
  /** Of all pages. */
  total: z.int(),
  items: z.array(changeViewSchema),
  /** Give it back as `after`; null on the last page. */
  next: z.int().nullable(),
});

export const inForceOnSchema = z.object({
  on: askedDaySchema.describe('A Europe/Rome day, as 2026-01-31 or 31/01/2026.'),
  knownOn: askedDaySchema
    .exactOptional()
    .describe('What was known by the end of this Europe/Rome day; now when left out.'),
});

export const editionCodePathSchema = schemePathSchema.extend({
  /** Label of the edition. */
  edition: pointText,
  code: codeSchema,
});
export const revisionCodePathSchema = revisionPathSchema.extend({ code: codeSchema });

/** A code at its permanent address: a revision and a code. */
export const codeAnswerSchema = z.object({
  scheme: z.string(),
  edition: z.string(),
  code: z.string(),
  revision: z.int().describe('Of an edition the last one in which the code stood for this.'),
  /** Permanent address of what it means. */
  concept: z.url(),
  entry: placedEntrySchema,
  /** What that is in the revision in force. */
  today: resolveAnswerSchema,
});
/** A code of an edition: what it stood for first. */
export const editionCodeAnswerSchema = codeAnswerSchema.extend({
  alsoMeant: z
    .array(z.url())
    .describe('Permanent addresses of what the code stood for later in revisions of the same edition.'),
});
