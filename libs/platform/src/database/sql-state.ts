import { z } from 'zod';

const withState = z.object({ code: z.string().regex(/^[0-9A-Z]{5}$/) });
const wrapped = z.object({ driverError: withState });

/** @returns the SQLSTATE of an error of Postgres (`23505` for a second row with the same key), also inside TypeORM's error */
export function sqlState(error: unknown): string | undefined {
  const inner = wrapped.safeParse(error);
  if (inner.success) return inner.data.driverError.code;
  return withState.safeParse(error).data?.code;
}
