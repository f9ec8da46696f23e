import { z } from 'zod';

/** Who stands behind an id of the audit log: what the identity provider calls them; null: they were erased. */
const personSchema = z.object({ id: z.uuid(), subject: z.string().nullable() });
export type Person = z.infer<typeof personSchema>;

/** `cursor` is the `next` of the page before. */
export const personsQuery = z.object({
  cursor: z.uuid().exactOptional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type PersonsQuery = z.infer<typeof personsQuery>;

export const erasedAnswer = z.object({ items: z.array(personSchema) });
export type ErasedAnswer = z.infer<typeof erasedAnswer>;

export const personsAnswer = erasedAnswer.extend({ next: z.uuid().nullable() });
export type PersonsAnswer = z.infer<typeof personsAnswer>;
