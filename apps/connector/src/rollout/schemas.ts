import { z } from 'zod';
import { daySchema, numberSchema, targetStateSchema, textSchema } from '#contracts';

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
/** `note` says that an act changes nothing, and why; null: it does. */
export const adoptedAnswer = adoptionSchema.extend({ note: z.string().nullable() });
export const adoptionsAnswer = z.object({ items: z.array(adoptionSchema) });

/** null: no longer pinned. */
export const pinBody = z.strictObject({ revision: numberSchema.nullable() });

/** null: all waves. */
const waves = z.int().min(0).max(100).nullable();

/** Whether what is done to targets is compared with what was approved. */
const guarding = z.object({
  /** False: an approved plan is missing for a profile that has the guard. */
  guarded: z.boolean(),
  /** Those profiles. */
  withoutPlan: z.array(z.string()),
});
export const wavesBody = z.strictObject({ waves });

/** How many waves the revision reached when it was looked at. */
export const goOnBody = z.strictObject({ seen: waves });

export const schemeRollout = z.object({ scheme: z.string(), waves });
export type SchemeRollout = z.infer<typeof schemeRollout>;

export const revisionRollout = guarding.extend({
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

export const rolloutCounts = z.object({
  scheme: z.string(),
  revision: z.int(),
  /** In force and known to everybody since then. */
  since: z.iso.datetime(),
  /** Each target of the map counts once: in `heldByWave`, `notYet`, `observed`, or in `shouldHold` and one of its parts. */
  targets: z.object({
    /** This revision or a later one. The parts: `hold` to `heldByGuard`. */
    shouldHold: z.int(),
    /** All of it, by hash, but for what an operator skipped. */
    hold: z.int(),
    onTheWay: z.int(),
    stuck: z.int(),
    unreachable: z.int(),
    paused: z.int(),
    quarantined: z.int(),
    /** More would be done to them than was approved. */
    heldByGuard: z.int(),
    heldByWave: z.int(),
    /** Their day has not come, their organisation has not adopted it, or they are pinned to another. */
    notYet: z.int(),
    observed: z.int(),
  }),
  /** Of the targets that should hold it. What a turn under way has brought counts when it ends. */
  records: z.object({
    shouldHold: z.int(),
    inStep: z.int(),
    /** With one decimal, rounded down; null where there is no record. */
    percent: z.number().nullable(),
  }),
});
export type RolloutCounts = z.infer<typeof rolloutCounts>;

export const rolloutProgress = rolloutCounts.extend({
  ...guarding.shape,
  /** At most 10 that should hold it and do not, those first that are behind longest. */
  slowest: z.array(
    z.object({
      id: z.string(),
      state: targetStateSchema,
      applied: z.int(),
      desired: z.int(),
      lagChanges: z.int(),
      lagSeconds: z.number(),
      waitsFor: z.string(),
    }),
  ),
});
export type RolloutProgress = z.infer<typeof rolloutProgress>;

export const stopBody = z.strictObject({ reason: textSchema.min(1).max(500) });
export const deliveryState = z.object({
  stopped: z.object({ reason: z.string(), since: z.iso.datetime() }).nullable(),
});
/** `changed`: it was not so already. */
export const deliveryAct = deliveryState.extend({ changed: z.boolean() });
export type DeliveryAct = z.infer<typeof deliveryAct>;
export type DeliveryState = z.infer<typeof deliveryState>;
