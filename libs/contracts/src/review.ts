import { z } from 'zod';
import { findingSchema } from './answers.ts';
import { hashSchema, textSchema } from './entry.ts';

const reason = textSchema.min(1).max(2_000);

export const approvalSchema = z.strictObject({
  /** Of the submitted draft, as the approver has seen it. */
  submissionHash: hashSchema,
});
export const rejectionSchema = z.strictObject({ reason });
export const withdrawalSchema = z.strictObject({ reason: reason.exactOptional() });
export const acknowledgementsSchema = z.strictObject({
  /** Names of warnings: `numbering-gap:A1.1.1.9` */
  findings: z.array(textSchema.min(1).max(300)).min(1).max(10_000),
});
export const acknowledgementsAnswerSchema = z.object({
  items: z.array(z.object({ finding: z.string(), by: z.uuid(), at: z.iso.datetime() })),
});
export const warningsAnswerSchema = z.object({
  items: z.array(
    findingSchema.extend({
      name: z.string(),
      acknowledged: z.object({ by: z.uuid(), at: z.iso.datetime() }).nullable(),
    }),
  ),
});
export const schemeSettingsSchema = z.strictObject({
  /** How many people must approve a draft. */
  approvals: z.union([z.literal(1), z.literal(2)]),
});
