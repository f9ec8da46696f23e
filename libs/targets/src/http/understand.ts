import { asKept, say } from '#words';
import type { z } from 'zod';
import { TargetError } from '../driver.ts';
import type { Effect, Reply } from './read-answer.ts';

/**
 * Reads the JSON of an answer that was taken.
 * @throws TargetError when it is not what the protocol says: then nobody knows what the target did with a write
 */
export function understand<T>(schema: z.ZodType<T>, { body, status }: Reply, effect: Effect): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.join('.');
  const reason = asKept(
    where
      ? say`HTTP ${status}, but the answer is not what the protocol says (at ${where})`
      : say`HTTP ${status}, but the answer is not what the protocol says`,
  );
  throw new TargetError({ is: effect === 'writes' ? 'unknown' : 'failing', reason });
}
