import { z } from 'zod';
import { say, verbatim, type Language } from '#words';
import { NotTold } from './not-told.ts';

/**
 * All of a list, page by page; throws NotTold when the server does not tell.
 * @param list its address, without a query
 * @param key where the answer has the page
 */
export async function readPages<T extends z.ZodType>(
  list: string,
  key: 'targets' | 'items',
  item: T,
  language: Language = 'en',
): Promise<z.output<T>[]> {
  const next = z.object({ next: z.string().nullable() });
  const page = z.record(z.string(), z.unknown());
  const found: z.output<T>[] = [];
  for (let cursor: string | null = null, isFirst = true; isFirst || cursor !== null; isFirst = false) {
    const url: string = `${list}?limit=500${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
    const body = await readJson(url, language);
    found.push(...z.array(item).parse(page.parse(body)[key]));
    ({ next: cursor } = next.parse(body));
  }
  return found;
}

const problemSchema = z.object({ title: z.string(), detail: z.string().exactOptional() });

/** What an address answers; throws NotTold with what the server says instead. */
export async function readJson(url: string, language: Language): Promise<unknown> {
  const headers = { 'accept-language': language };
  const { origin } = new URL(url);
  let answer: Response;
  try {
    answer = await fetch(url, { headers, signal: AbortSignal.timeout(5_000) });
  } catch {
    throw new NotTold(say`The connector at ${origin} does not answer. Is Mappa still up?`);
  }
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok) return body;
  const { data: problem } = problemSchema.safeParse(body);
  if (!problem) throw new NotTold(say`At ${origin} there is no connector: it answers ${answer.status}.`);
  const said = verbatim([problem.title, problem.detail].filter(Boolean).join('. '));
  throw new NotTold(say`The connector at ${origin} is up, and says: ${said} (HTTP ${answer.status})`);
}
