import { z } from 'zod';

const signals = z.enum(['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGKILL']);

/** A process under guard. Those with a higher `order` are stopped first; equal ones together. */
export const guardedSchema = z.object({
  name: z.string(),
  pid: z.int().positive(),
  identity: z.string(),
  signal: signals,
  graceMs: z.number(),
  order: z.number(),
});
export type Guarded = z.infer<typeof guardedSchema>;

export function parseGuarded(json: string): Guarded[] {
  return z.array(guardedSchema).parse(JSON.parse(json));
}

/** Groups of processes in the order in which they are to be stopped. */
export function stopOrder(list: readonly Guarded[]): Guarded[][] {
  const orders = [...new Set(list.map((one) => one.order))].sort((a, b) => b - a);
  return orders.map((order) => list.filter((one) => one.order === order));
}
