import { z } from 'zod';

/**
 * All of a list, page by page; throws when the server does not answer.
 * @param list its address, without a query
 * @param key where the answer has the page
 */
export async function readPages<T extends z.ZodType>(
  list: string,
  key: 'targets' | 'items',
  item: T,
): Promise<z.output<T>[]> {
  const next = z.object({ next: z.string().nullable() });
  const page = z.record(z.string(), z.unknown());
  const found: z.output<T>[] = [];
  for (let cursor: string | null = null, isFirst = true; isFirst || cursor !== null; isFirst = false) {
    const url: string = `${list}?limit=500${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
    const response: Response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    if (!response.ok) throw new Error(`${url} answers ${response.status}`);
    const body: unknown = await response.json();
    found.push(...z.array(item).parse(page.parse(body)[key]));
    ({ next: cursor } = next.parse(body));
  }
  return found;
}
