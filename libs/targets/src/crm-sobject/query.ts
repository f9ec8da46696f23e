import { asKept, say } from '#words';
import { z } from 'zod';
import { TargetError } from '../driver.ts';
import { followPages } from '../http/follow-pages.ts';
import { understand } from '../http/understand.ts';
import type { Session } from '../http/oauth-session.ts';
import type { Reply } from '../http/read-answer.ts';

const page = z.looseObject({
  records: z.array(z.record(z.string(), z.unknown())),
  nextRecordsUrl: z.string().nullish(),
});

export type SoqlRow = Record<string, unknown>;

/**
 * Rows of a SOQL query, page by page.
 * @param refused what a refusal means
 * @throws TargetError when it cannot be read to its end
 */
export async function* query(
  session: Session,
  apiVersion: string,
  soql: string,
  signal: AbortSignal,
  refused: (reply: Reply) => TargetError = failing,
): AsyncGenerator<SoqlRow[]> {
  const read = async (path: string): Promise<z.infer<typeof page>> => {
    const reply = await session.ask({ path, effect: 'reads' }, signal);
    if (!reply.ok) throw refused(reply);
    return understand(page, reply, 'reads');
  };
  const first = `/services/data/${apiVersion}/query?q=${encodeURIComponent(soql)}`;
  for await (const { records } of followPages(first, read, nextPath)) yield records;
}

const failing = ({ reason }: Reply): TargetError => new TargetError({ is: 'failing', reason });

const nextPath = ({ nextRecordsUrl }: z.infer<typeof page>): string | null =>
  nextRecordsUrl ? belowAddress(nextRecordsUrl) : null;

/** `nextRecordsUrl`, relative to the host, to the installation or absolute -> a path below our address. */
export function belowAddress(nextRecordsUrl: string): string {
  const start = nextRecordsUrl.indexOf('/services/data/');
  if (start < 0)
    throw new TargetError({
      is: 'failing',
      reason: asKept(say`the next page is at no address of the API: ${nextRecordsUrl}`),
    });
  return nextRecordsUrl.slice(start);
}
