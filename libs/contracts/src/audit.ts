import { z } from 'zod';
import { countSchema, hashSchema, numberSchema, textSchema } from './entry.ts';

export const auditPageSchema = z.object({
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  /** Only what was done to this: `draft/<id>`, `scheme/<id>` */
  subject: textSchema.min(1).max(200).exactOptional(),
});

export const auditAnswerSchema = z.object({
  items: z.array(
    z.object({
      position: numberSchema,
      at: z.iso.datetime(),
      actor: z.uuid(),
      action: z.string(),
      subject: z.string(),
      details: z.record(z.string(), z.unknown()),
      hash: hashSchema,
    }),
  ),
  next: countSchema.nullable(),
});

export const personPathSchema = z.object({ person: z.uuid() });

export const personsAnswerSchema = z.object({
  items: z.array(z.object({ id: z.uuid(), subject: z.string().nullable(), name: z.string().nullable() })),
});
