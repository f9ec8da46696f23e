/** One page of a list, and where the next one begins; null at the end. */
export function pageOf<T>(
  items: readonly T[],
  { after, limit }: { readonly after: number; readonly limit: number },
): { items: T[]; next: number | null } {
  const end = after + limit;
  return { items: items.slice(after, end), next: end < items.length ? end : null };
}
