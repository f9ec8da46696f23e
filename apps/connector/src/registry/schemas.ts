import { z } from 'zod';
import { textSchema } from '#contracts';

/** The targets file, as docs/targets-file.md describes it; `parseTargetsFile` checks it, so that all problems come at once. */
export const fileBody = z.record(z.string(), z.unknown());

const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true');

export const moveQuery = z.object({
  /** Targets that move have the same records at their new place. */
  sameRecords: flag,
});
export const fileQuery = moveQuery.extend({
  /** Only says what would change. */
  dryRun: flag,
  /** As many targets as the plan says are no longer listed; without it, a file that unlists any is refused. */
  unlist: z.coerce.number().int().min(0).max(1_000_000).default(0),
});

const items = z.array(z.record(z.string(), z.unknown()));
/** As docs/targets-file.md describes it. */
export const targetsFileAnswer = z.object({
  organisations: items,
  systems: items,
  profiles: items,
  targets: items,
});

export const unlistedQuery = z.strictObject({
  cursor: textSchema.max(200).exactOptional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export const unlistedAnswer = z.object({
  targets: z.array(
    z.object({
      id: z.string(),
      organisation: z.string(),
      system: z.string(),
      profile: z.string(),
      scheme: z.string(),
      /** Current records of ours that stay there. */
      items: z.int(),
    }),
  ),
  next: z.string().nullable(),
});
export type UnlistedPage = z.infer<typeof unlistedAnswer>;

const reference = z.strictObject({ id: textSchema.min(1).max(60) }).exactOptional();
/**
 * By JSON Merge Patch (RFC 7396), of what a target has to itself. What it shares with others (its system, profile and
 * organisation as such) and its map change with the targets file.
 */
export const configurationPatch = z.strictObject({
  organisation: reference,
  system: reference,
  profile: reference,
  /** null: as its profile has them. */
  settings: z.record(textSchema, z.unknown()).nullable().exactOptional(),
});
export type ConfigurationPatch = z.output<typeof configurationPatch>;

const fieldChange = z.object({ field: z.string(), before: z.unknown(), after: z.unknown() });
export type FieldChange = z.infer<typeof fieldChange>;

const registryChange = z.object({
  what: z.enum(['organisation', 'system', 'profile', 'target']),
  id: z.string(),
  /** unlisted: nothing more is sent to it, and its records stay. */
  is: z.enum(['created', 'changed', 'listed-again', 'unlisted']),
  fields: z.array(fieldChange),
});
export type RegistryChange = z.infer<typeof registryChange>;

/** Where something is, and what: `id` is that of the item at the place. */
const warning = z.object({
  path: z.string().exactOptional(),
  id: z.string().exactOptional(),
  message: z.string(),
});

export const registryChangesAnswer = z.object({
  applied: z.boolean(),
  changes: z.array(registryChange),
  /** What may be a mistake, for which no file is refused. */
  warnings: z.array(warning),
});
export type RegistryChangesAnswer = z.infer<typeof registryChangesAnswer>;
