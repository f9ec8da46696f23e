import { z } from 'zod';

/** Where the map goes is the address of the system; how it is sent. */
export const webhookSettings = z.strictObject({
  /** Steps of one call; each is a message of its own. */
  batchSize: z.int().min(1).max(200).default(50),
  /** Messages at the same time. */
  concurrency: z.int().min(1).max(32).default(4),
  longestTitle: z.int().min(1).default(32_768),
  longestCode: z.int().min(1).default(255),
});
