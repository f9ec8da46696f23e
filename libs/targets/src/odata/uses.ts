import { asKept, say } from '#words';
import { z } from 'zod';
import { TargetError, type Driver, type Use } from '../driver.ts';
import type { Reply } from '../http/read-answer.ts';
import { understand } from '../http/understand.ts';
import { linkTo } from '../uses/link.ts';
import { chunks } from '../writing/in-batches.ts';
import type { ODataService } from './service.ts';
import type { ODataSettings } from './settings.ts';

/** Of one address: each takes some 70 bytes of it, and what stands in between often takes 8 kB in all. */
const mostRecords = 100;

/**
 * Counts what people tagged with records of the map by grouping (`$apply`, OData Data Aggregation 4.0), and lists it in the
 * pages of the service, whose own token is the place in the list. Null where the settings name no table.
 */
export function odataUses(
  service: ODataService,
  { uses }: ODataSettings,
): Required<Pick<Driver, 'countUses' | 'listUses'>> | null {
  if (uses === null) return null;
  const { entitySet, id, lookup, title, link } = uses;
  const anyOf = (ids: readonly string[]): string => ids.map((one) => `${lookup} eq ${one}`).join(' or ');
  const text = z.string().nullish();
  const counts = z.looseObject({ value: z.array(z.looseObject({ [lookup]: z.string(), uses: z.int() })) });
  const page = z.looseObject({
    value: z.array(z.looseObject({ [id]: z.string(), [title]: text, [lookup]: z.string() })),
    '@odata.nextLink': z.string().nullish(),
  });
  const read = async <T>(
    schema: z.ZodType<T>,
    query: string,
    signal: AbortSignal,
    pageSize?: number,
  ): Promise<T> => {
    const reply = await service.read(`${entitySet}?${query}`, signal, pageSize);
    if (!reply.ok) throw refused(reply, entitySet, lookup);
    return understand(schema, reply, 'reads');
  };

  return {
    async countUses(externalIds, signal) {
      const counted = new Map(externalIds.map((one) => [one, 0]));
      for (const ids of chunks(externalIds.filter(isGuid), mostRecords)) {
        const apply = `filter(${anyOf(ids)})/groupby((${lookup}),aggregate($count as uses))`;
        const { value } = await read(counts, `$apply=${encodeURIComponent(apply)}`, signal);
        for (const row of value) counted.set(String(row[lookup]), Number(row['uses']));
      }
      return counted;
    },

    async listUses(externalIds, { after, limit }, signal) {
      const uses: Use[] = [];
      const ids = externalIds.filter(isGuid);
      if (ids.length > mostRecords) throw new RangeError('more records than one address can name');
      if (ids.length === 0) return { uses, next: null };
      const query = [
        `$select=${id},${title},${lookup}`,
        `$filter=${encodeURIComponent(anyOf(ids))}`,
        ...(after === null ? [] : [`$skiptoken=${encodeURIComponent(after)}`]),
      ];
      const { value, '@odata.nextLink': next } = await read(page, query.join('&'), signal, limit);
      for (const row of value) {
        const [own, name] = [String(row[id]), row[title]];
        const words = typeof name === 'string' ? name : '';
        uses.push({ id: own, externalId: String(row[lookup]), title: words, link: linkTo(link, own) });
      }
      return { uses, next: next ? placeIn(next) : null };
    },
  };
}

const isGuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

function refused({ status, reason }: Reply, entitySet: string, lookup: string): TargetError {
  const isMissing = status === 404 || (status === 400 && reason.includes(lookup));
  return new TargetError(
    isMissing
      ? {
          is: 'rejected',
          reason: asKept(
            say`it does not count uses: there is no ${entitySet} with ${lookup}, or our user may not see it (${reason})`,
          ),
        }
      : { is: 'failing', reason },
  );
}

/** The token of the page that follows; its address is not asked, only its place is taken. */
function placeIn(nextLink: string): string {
  const query = nextLink.slice(nextLink.indexOf('?') + 1);
  const token = new URLSearchParams(query).get('$skiptoken');
  if (token !== null) return token;
  throw new TargetError({
    is: 'failing',
    reason: asKept(say`the next page of what uses a record has no token`),
  });
}
