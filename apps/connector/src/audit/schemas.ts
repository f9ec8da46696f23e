import { z } from 'zod';

/** Who stands behind an id of the audit log: what the identity provider calls them; null: they were erased. */
const personSchema = z.object({ id: z.uuid(), subject: z.string().nullable() });
export const personsAnswer = z.object({ items: z.array(personSchema) });
export type PersonsAnswer = z.infer<typeof personsAnswer>;
