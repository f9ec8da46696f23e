import { z } from 'zod';
import { stepGroupsSchema } from './plans.ts';

/** State of a target as operators see it; the first that holds, in this order. */
export const targetStateSchema = z.enum([
  'observe',
  'paused',
  'quarantined',
  /** More would be done to it than was approved; a person decides. */
  'held',
  'unreachable',
  'stuck',
  'behind',
  /** Everything desired is acknowledged, but the last reading found something else there, and it is not mended by itself. */
  'drifted',
  /** In step, but for what an operator skipped. */
  'in-step-except',
  'in-step',
]);
export type TargetState = z.infer<typeof targetStateSchema>;

/** Why a target is held. */
export const holdSchema = z.object({
  /** To which it may not go. */
  revision: z.int(),
  would: stepGroupsSchema,
  approved: stepGroupsSchema,
});
export type Hold = z.infer<typeof holdSchema>;

/** A revision that is due for a target, which it should not hold before a person acts. */
export const waitsForSchema = z.object({
  revision: z.int(),
  /** Of its organisation; the revision does not reach it yet. */
  wave: z.int().exactOptional(),
  /** What holds it back otherwise: its organisation has not adopted the revision yet, or it is pinned to another one. */
  act: z.enum(['adoption', 'pin']).exactOptional(),
  /** In plain words. */
  reason: z.string(),
});
export type WaitsFor = z.infer<typeof waitsForSchema>;

/** One row of `GET /api/v1/targets` of the connector and of `npm run status -- --json`. */
export const targetStatusSchema = z.object({
  id: z.string(),
  organisation: z.string(),
  system: z.string(),
  profile: z.string(),
  scheme: z.string(),
  /** crm, records or hr. */
  kind: z.string(),
  driver: z.string(),
  address: z.string(),
  state: targetStateSchema,
  /** Number of the revision that the target should hold; 0 before the first. */
  desired: z.int(),
  /** Number of the revision that it has acknowledged, but for what is stuck. */
  applied: z.int(),
  /** Current records of ours that the target has acknowledged, but for those that it does not take as they should be now. */
  items: z.int(),
  /** Current records that it should hold. */
  total: z.int(),
  /** Concepts that it does not take, and those that wait for them. */
  stuck: z.int(),
  /** Concepts that an operator excluded at this target. */
  skipped: z.int(),
  /** Changes between applied and desired. */
  lagChanges: z.int(),
  /** Age of the oldest revision not yet applied; 0 in step. */
  lagSeconds: z.number(),
  /** Read back from the target and equal, by hash, at this time; null: never. */
  verifiedAt: z.iso.datetime().nullable(),
  /** Records that the last check found missing, altered or twice. */
  drift: z.int(),
  /** Records that were mended three times in a row or more, wrong now or not: something at the target changes them each time. */
  recurring: z.int(),
  /** null: it is not paused. `by` is a random id; it and `since` are null for a pause from before they were kept. */
  pause: z
    .object({ reason: z.string().nullable(), since: z.iso.datetime().nullable(), by: z.string().nullable() })
    .nullable(),
  /** null: it is not held. */
  hold: holdSchema.nullable(),
  /** null: it should hold what is due. */
  waitsFor: waitsForSchema.nullable(),
  /** In plain words, when something is wrong. */
  reason: z.string().nullable(),
});
export type TargetStatus = z.infer<typeof targetStatusSchema>;
