/** `bulkId:x` references in a value, wherever they stand: `x`, …. */
export function referencesIn(value: unknown): string[] {
  if (typeof value === 'string') return value.startsWith('bulkId:') ? [value.slice('bulkId:'.length)] : [];
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(referencesIn) : [];
}

/** The same value with every reference replaced by the id that stands for it. */
export function resolveReferences(value: unknown, idOf: (bulkId: string) => string): unknown {
  if (typeof value === 'string')
    return value.startsWith('bulkId:') ? idOf(value.slice('bulkId:'.length)) : value;
  if (Array.isArray(value)) return value.map((item) => resolveReferences(item, idOf));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, resolveReferences(one, idOf)]));
}

/**
 * The order in which operations can run, so that what is referred to comes first; those of a circle keep their order.
 * @param needs for each operation the places of the operations it refers to
 */
export function runningOrder(needs: readonly (readonly number[])[]): number[] {
  const order: number[] = [];
  const visited = new Set<number>();
  const visit = (place: number): void => {
    if (visited.has(place)) return;
    visited.add(place);
    for (const needed of needs[place] ?? []) visit(needed);
    order.push(place);
  };
  needs.forEach((_, place) => visit(place));
  return order;
}
