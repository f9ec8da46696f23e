import { z } from 'zod';

const originSchema = z.object({
  scheme: z.string().min(1).max(200),
  revision: z.coerce.number().int(),
  /** 64 hexadecimal digits. */
  contentHash: z.string().regex(/^[0-9a-f]{64}$/),
});

/** The revision that a file says it was made from; only an export and a file for editing can say it. */
export type Origin = Readonly<z.output<typeof originSchema>>;

/** What a file says of itself, when it says all of it. */
export function originFrom(said: unknown): Origin | null {
  return originSchema.safeParse(said).data ?? null;
}
