/**
 * Works each item in turn; one that fails keeps none of the others from it, and all that failed is thrown at the end.
 * @throws AggregateError with what was thrown
 */
export async function eachApart<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  for (const item of items) await work(item).catch((error: unknown) => failures.push(error));
  if (failures.length === 0) return;
  throw new AggregateError(
    failures,
    failures.map((error) => (error instanceof Error ? error.message : String(error))).join('; '),
  );
}
