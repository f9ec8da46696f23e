import { z } from 'zod';

/** What a test needs of the catalog's JSON export. */
export const exportedMap = z.object({
  revision: z.int(),
  entries: z.array(
    z.object({
      conceptId: z.string(),
      code: z.string().nullable(),
      parentCode: z.string().nullable(),
      titles: z.record(z.string(), z.object({ official: z.string() })),
    }),
  ),
});
