import { z } from 'zod';
import { TargetError } from '../driver.ts';
import { understand } from '../http/understand.ts';
import type { Session } from './session.ts';

const page = z.looseObject({
  records: z.array(z.record(z.string(), z.unknown())),
  nextRecordsUrl: z.string().nullish(),
});

export type SoqlRow = Record<string, unknown>;

/**
 * Rows of a SOQL query, page by page.
 * @throws TargetError when it cannot be read to its end
 */
export async function* query(
  session: Session,
  apiVersion: string,
  soql: string,
  signal: AbortSignal,
): AsyncGenerator<SoqlRow[]> {
  const seen = new Set<string>();
  let path: string | null = `/services/data/${apiVersion}/query?q=${encodeURIComponent(soql)}`;
  while (path !== null) {
    if (seen.has(path))
      throw new TargetError({ is: 'failing', reason: `the list of records runs in a circle at ${path}` });
    seen.add(path);
    const reply = await session.ask({ path, effect: 'reads' }, signal);
    if (!reply.ok) throw new TargetError({ is: 'failing', reason: reply.reason });
    const { records, nextRecordsUrl } = understand(page, reply, 'reads');
    yield records;
    path = nextRecordsUrl ? belowAddress(nextRecordsUrl) : null;
  }
}

/** `nextRecordsUrl`, relative to the host, to the installation or absolute -> a path below our address. */
export function belowAddress(nextRecordsUrl: string): string {
  const start = nextRecordsUrl.indexOf('/services/data/');
  if (start < 0)
    throw new TargetError({
      is: 'failing',
      reason: `the next page is at no address of the API: ${nextRecordsUrl}`,
    });
  return nextRecordsUrl.slice(start);
}
