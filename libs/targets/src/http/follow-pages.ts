import { asKept, say } from '#words';
import { TargetError } from '../driver.ts';

/**
 * Reads pages, each of which says where the next one is.
 * @param next path of the page that follows, null after the last one
 * @throws TargetError when they run in a circle, and whatever `read` rejects with
 */
export async function* followPages<Page>(
  first: string,
  read: (path: string) => Promise<Page>,
  next: (page: Page) => string | null,
): AsyncGenerator<Page> {
  const seen = new Set<string>();
  for (let path: string | null = first; path !== null;) {
    if (seen.has(path)) {
      throw new TargetError({
        is: 'failing',
        reason: asKept(say`the list of records runs in a circle at ${path}`),
      });
    }
    seen.add(path);
    const page: Page = await read(path);
    yield page;
    path = next(page);
  }
}
