import { resolutionStatuses, successionKinds } from '#taxonomy';
import { z } from 'zod';
import { codeSchema, conceptIdSchema, daySchema, textSchema } from './entry.ts';

const askedCode = textSchema.min(1).max(100);
/** A revision number, a Europe/Rome day, or the label of an edition: `from` all its revisions, `to` its last one. */
const pointText = textSchema.min(1).max(100);

export const resolveSchema = z.object({
  code: askedCode,
  /** Left out: every meaning that the code ever had. */
  from: pointText.exactOptional(),
  /** Left out: the revision in force now. */
  to: pointText.exactOptional(),
});

export const resolveManySchema = z.object({
  from: pointText.exactOptional(),
  to: pointText.exactOptional(),
  /** CSV: name of the column that holds the code; found by itself when it is called code, codice or cod. */
  column: textSchema.max(200).exactOptional(),
  /** CSV: name of a column that says for each line from when its code is, as `from` does. */
  fromColumn: textSchema.max(200).exactOptional(),
});

export const resolveBatchSchema = z.strictObject({
  items: z
    .array(
      z.union([
        askedCode.transform((code) => ({ code })),
        z.strictObject({ code: askedCode, from: pointText.exactOptional(), to: pointText.exactOptional() }),
      ]),
    )
    .min(1)
    .max(100_000),
});

export const pointSchema = z.object({ revision: z.int(), edition: z.string(), effectiveDate: daySchema });
export type ResolvePoint = z.infer<typeof pointSchema>;

const meantSchema = z.object({
  conceptId: conceptIdSchema,
  code: codeSchema.nullable(),
  title: z.string().nullable(),
});
export const hopSchema = z.object({
  revision: z.int(),
  kind: z.enum(['renumbered', 'retitled', 'retired', 'created', ...successionKinds]),
  before: meantSchema.nullable(),
  after: meantSchema.nullable(),
});
const outcome = {
  status: z.enum([...resolutionStatuses, 'ambiguous']),
  meant: meantSchema.nullable(),
  results: z.array(meantSchema).readonly(),
  /** What ended on the way and nobody follows (backwards: what had not begun). */
  ended: z.array(meantSchema).readonly(),
  /** Several may be meant, those of `ended` or of several meanings included: only a person can say which. */
  choiceNeeded: z.boolean(),
  continues: z.boolean(),
  path: z.array(hopSchema).readonly(),
};
const period = { from: z.int(), through: z.int().nullable(), title: z.string().nullable() };

/** `ambiguous`: asked without `from`, or from an edition by its label, and the code had several meanings there. */
export const resolveAnswerSchema = z.object({
  code: z.string(),
  from: pointSchema.nullable(),
  to: pointSchema,
  ...outcome,
  /** Without `from`, or `ambiguous` in an edition: what the code meant, from which revision through which one, and what that is at `to`. */
  meanings: z.array(z.object({ ...period, ...outcome })).exactOptional(),
  /** Unknown: codes that may have been meant. */
  near: z.array(codeSchema).exactOptional(),
  /** Unknown in the revision asked from: when the code was carried. */
  carried: z.array(z.object(period)).exactOptional(),
});
export type ResolveAnswer = z.infer<typeof resolveAnswerSchema>;

export const resolveBatchAnswerSchema = z.object({
  items: z.array(z.union([resolveAnswerSchema, z.object({ code: z.string(), error: z.string() })])),
});
