import { z } from 'zod';

/** All targets of a connector, page by page; throws when it does not answer. */
export async function readPages<T extends z.ZodType>(connector: string, target: T): Promise<z.output<T>[]> {
  const page = z.object({ targets: z.array(target), next: z.string().nullable() });
  const found: z.output<T>[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const url = `${connector}/api/v1/targets?limit=500&cursor=${encodeURIComponent(cursor)}`;
    const response: Response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    if (!response.ok) throw new Error(`${url} answers ${response.status}`);
    const { targets, next }: z.output<typeof page> = page.parse(await response.json());
    found.push(...targets);
    cursor = next;
  }
  return found;
}
