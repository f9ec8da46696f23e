import { z } from 'zod';
import { daySchema, numberSchema, textSchema } from '#contracts';

const idSchema = textSchema.min(1).max(200);

export const organisationPath = z.object({ id: idSchema });
export const schemePath = z.object({ scheme: idSchema });
export const revisionPath = schemePath.extend({
  revision: z.coerce.number().int().min(1).max(2_147_483_647),
});

export const adoptionSchema = z.strictObject({
  scheme: idSchema,
  revision: numberSchema,
  /** Day in Europe/Rome. */
  from: daySchema,
});
export type Adoption = z.infer<typeof adoptionSchema>;
export const adoptionsAnswer = z.object({ items: z.array(adoptionSchema) });

/** null: no longer pinned. */
export const pinBody = z.strictObject({ revision: numberSchema.nullable() });

/** null: all waves. */
const waves = z.int().min(0).max(100).nullable();
export const wavesBody = z.strictObject({ waves });

export const schemeRollout = z.object({ scheme: z.string(), waves });
export type SchemeRollout = z.infer<typeof schemeRollout>;

export const revisionRollout = z.object({
  scheme: z.string(),
  revision: z.int(),
  waves,
  byWave: z.array(
    z.object({
      wave: z.int(),
      targets: z.int(),
      /** Those that should hold the revision, or a later one. */
      shouldHold: z.int(),
      /** Those that hold it, but for what they do not take. */
      applied: z.int(),
      /** Those that hold all of it, by hash. */
      inStep: z.int(),
    }),
  ),
});
export type RevisionRollout = z.infer<typeof revisionRollout>;

export const stopBody = z.strictObject({ reason: textSchema.min(1).max(500) });
export const deliveryState = z.object({
  stopped: z.object({ reason: z.string(), since: z.iso.datetime() }).nullable(),
});
export type DeliveryState = z.infer<typeof deliveryState>;
