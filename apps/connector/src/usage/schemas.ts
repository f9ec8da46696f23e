import { z } from 'zod';
import { codeSchema, conceptIdSchema, textSchema } from '#contracts';

export const usesQuery = z.object({
  /** A code, also one that the map has no more; without it, all retired codes that are in use. */
  code: codeSchema.exactOptional(),
  /** `next` of the page before. */
  after: textSchema.min(1).max(200).exactOptional(),
  /** Of what uses the code; without a code, retired records that are asked about. */
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export type UsesQuery = z.output<typeof usesQuery>;

const successorSchema = z.object({
  conceptId: conceptIdSchema,
  code: z.string(),
  title: z.string().nullable(),
  /** Its record in the target, to tag with; null where the target has none yet. */
  externalId: z.string().nullable(),
});
export type Successor = z.infer<typeof successorSchema>;

export const replacementSchema = z.object({
  /**
   * - `one`: tag with `successors[0]`; it may be the same entry, under the code that it has now;
   * - `choice`: several take its place, and only a person can say which;
   * - `none`: nothing takes its place;
   * - `not-known`: the connector has not fetched yet who took whose place.
   */
  is: z.enum(['one', 'choice', 'none', 'not-known']),
  successors: z.array(successorSchema),
  /** What to do, for people. */
  advice: z.object({ it: z.string(), en: z.string() }),
});
export type Replacement = z.infer<typeof replacementSchema>;

const retiredRecord = z.object({
  conceptId: conceptIdSchema,
  /** Code that it had while it was in use. */
  code: z.string(),
  /** Code that the record carries now, with its suffix. */
  recordCode: z.string(),
  title: z.string().nullable(),
  externalId: z.string(),
  replacement: replacementSchema,
});
export type RetiredRecord = z.infer<typeof retiredRecord>;

const common = {
  target: z.string(),
  scheme: z.string(),
  /** False: nobody knows, and `reason` says why. */
  isKnown: z.boolean(),
  reason: z.string().nullable(),
  next: z.string().nullable(),
};

export const retiredInUse = z.object({
  ...common,
  /** Retired records that this page asked about; those without any use are left out of `records`. */
  asked: z.int(),
  records: z.array(retiredRecord.extend({ uses: z.int() })),
});
export type RetiredInUse = z.infer<typeof retiredInUse>;

export const usesOfCode = z.object({
  ...common,
  code: z.string(),
  /** The records that are out of use and had the code; none where it is in use still, or was never here. */
  records: z.array(retiredRecord),
  uses: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      link: z.string().nullable(),
      /** Of the record that it uses. */
      externalId: z.string(),
    }),
  ),
});
export type UsesOfCode = z.infer<typeof usesOfCode>;
