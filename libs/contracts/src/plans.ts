import { z } from 'zod';
import {
  changeKindSchema,
  conceptIdSchema,
  countSchema,
  numberSchema,
  placedEntrySchema,
  textSchema,
} from './entry.ts';

/** What a step does to a record; one that does several of them counts as the first, in the order of renumber, move, rename. */
export const stepKinds = [
  'create',
  'rename',
  'renumber',
  'move',
  'end',
  'deactivate',
  'delete',
  'reopen',
] as const;
export type StepKind = (typeof stepKinds)[number];

export const stepCountsSchema = z.record(z.enum(stepKinds), countSchema);
export type StepCounts = z.infer<typeof stepCountsSchema>;

/** Nothing is done to any record. */
export const noSteps = (): StepCounts => ({
  create: 0,
  rename: 0,
  renumber: 0,
  move: 0,
  end: 0,
  deactivate: 0,
  delete: 0,
  reopen: 0,
});

/** Steps in the groups in which they are approved: created or opened again; renamed, renumbered or moved; out of use or deleted. */
export const stepGroupsSchema = z.object({ created: countSchema, changed: countSchema, ended: countSchema });
export type StepGroups = z.infer<typeof stepGroupsSchema>;

/** What a change set means for each target of a profile that is in step with its base. */
export const profilePlanSchema = z.object({
  profile: textSchema.max(200),
  /** Listed targets of the map with this profile. */
  targets: countSchema,
  counts: stepCountsSchema,
  /** Entries that the profile does not take, with those that wait for them: no title that fits, for example. */
  refused: countSchema,
});
export type ProfilePlan = z.infer<typeof profilePlanSchema>;

/** By profile; most of them that an event or an answer holds. */
export const profilePlansSchema = z.array(profilePlanSchema).max(1_000);

const plannedChangeSchema = z.object({
  conceptId: conceptIdSchema,
  kinds: z.array(changeKindSchema).min(1),
  before: placedEntrySchema.nullable(),
  after: placedEntrySchema.nullable(),
});
export type PlannedChange = z.infer<typeof plannedChangeSchema>;

/** A change set, as `GET …/compare/{from}/{to}` of the catalog gives it; more fields of a change are ignored. */
export const plansBodySchema = z.object({
  scheme: textSchema.min(1).max(200),
  /** The revision that it changes; null for the first one. */
  base: numberSchema.nullable(),
  changes: z.array(plannedChangeSchema).max(100_000),
});
export type PlansBody = z.infer<typeof plansBodySchema>;

export const plansAnswerSchema = z.object({
  scheme: z.string(),
  base: numberSchema.nullable(),
  profiles: profilePlansSchema,
});
export type PlansAnswer = z.infer<typeof plansAnswerSchema>;
