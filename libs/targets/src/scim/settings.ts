import { z } from 'zod';

/** Our resource type in the HR system (its schema is agreed with the product; see the targets of the tests). */
export const scimSettings = z.strictObject({
  endpoint: z
    .string()
    .regex(/^(\/[\w.-]+)+$/, 'a path below the base address, for example /ActivityCodes')
    .default('/ActivityCodes'),
  schema: z.string().min(1).default('urn:example:params:scim:schemas:1.0:ActivityCode'),
  /** False: not even where the server says that it has it. */
  bulk: z.boolean().default(true),
  /** Operations of one bulk request; never more than the server's ServiceProviderConfig allows. */
  batchSize: z.int().min(1).max(1000).default(100),
  /** Of one bulk request; servers allow 1 MiB and more (RFC 7643, 5). */
  maxBatchBytes: z.int().min(10_000).default(900_000),
  /** Requests at the same time where the server has no bulk. */
  concurrency: z.int().min(1).max(32).default(4),
  /** True: the system is set up so that it refuses to delete a record that something uses. */
  refusesUsed: z.boolean().default(false),
  longestTitle: z.int().min(1).default(4000),
  longestCode: z.int().min(1).default(255),
});

export type ScimSettings = z.infer<typeof scimSettings>;
