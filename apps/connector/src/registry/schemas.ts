import { z } from 'zod';

/** The targets file, as docs/targets-file.md describes it; `parseTargetsFile` checks it, so that all problems come at once. */
export const fileBody = z.record(z.string(), z.unknown());

export const fileQuery = z.object({
  /** Only says what would change. */
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
});

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

export const registryChangesAnswer = z.object({ applied: z.boolean(), changes: z.array(registryChange) });
export type RegistryChangesAnswer = z.infer<typeof registryChangesAnswer>;
