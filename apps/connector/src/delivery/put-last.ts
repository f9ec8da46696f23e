import type { Dependency } from './order.ts';

/**
 * Puts some steps after all others, and with them whatever comes after them anyway.
 * @param waves of each step, from 0
 * @param last places of these steps
 * @returns by how many waves each step comes later
 */
export function putLast(
  waves: readonly number[],
  dependencies: readonly Dependency[],
  last: readonly number[],
): number[] {
  if (last.length === 0) return waves.map(() => 0);
  const dependents = Map.groupBy(dependencies, ({ on }) => on);
  const late = new Set(last);
  // It grows by what is found.
  for (const place of late) for (const { step } of dependents.get(place) ?? []) late.add(step);
  const all = waves.reduce((most, wave) => Math.max(most, wave + 1), 0);
  return waves.map((_, place) => (late.has(place) ? all : 0));
}
