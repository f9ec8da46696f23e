import { asKept, say } from '#words';
import { z } from 'zod';
import { TargetError, type Driver } from '../driver.ts';
import type { Session } from '../http/oauth-session.ts';
import type { Reply } from '../http/read-answer.ts';
import { linkTo } from '../uses/link.ts';
import { noSuchPlace, usePage } from '../uses/use-page.ts';
import { errorCodes } from './judge.ts';
import { query, type SoqlRow } from './query.ts';
import { soqlText } from './render.ts';
import type { CrmSettings } from './settings.ts';
import { shortId } from './short-id.ts';

/** Of the ids in one address. Salesforce takes addresses of 16 kB; what stands in between often takes 8. */
const mostBytesOfIds = 6_000;

/**
 * Counts and lists what people tagged with records of the map, by the lookup of its object: one query a group of ids.
 * Null where the settings name no such object.
 */
export function crmUses(
  session: Session,
  { apiVersion, uses }: CrmSettings,
): Required<Pick<Driver, 'countUses' | 'listUses'>> | null {
  if (uses === null) return null;
  const { object, lookup, title, link } = uses;

  const read = async (soql: string, signal: AbortSignal): Promise<SoqlRow[]> => {
    const rows: SoqlRow[] = [];
    for await (const page of query(session, apiVersion, soql, signal, refused)) rows.push(...page);
    return rows;
  };
  const refused = (reply: Reply): TargetError => {
    const isMissing = errorCodes(reply).some((code) => code === 'INVALID_TYPE' || code === 'INVALID_FIELD');
    const reason = isMissing
      ? asKept(
          say`it does not count uses: there is no ${object} with ${`${lookup}, ${title}`}, or our user may not see it (${reply.reason})`,
        )
      : reply.reason;
    return new TargetError({ is: isMissing ? 'rejected' : 'failing', reason });
  };

  return {
    async countUses(externalIds, signal) {
      const counted = new Map<string, number>();
      for (const ids of idGroups(externalIds)) {
        const soql = `SELECT ${lookup}, COUNT(Id) uses FROM ${object} WHERE ${lookup} IN (${ids}) GROUP BY ${lookup}`;
        for (const row of await read(soql, signal)) {
          const { id, uses: n } = understood(countRow, { id: row[lookup], uses: row['uses'] });
          counted.set(shortId(id), n);
        }
      }
      return new Map(externalIds.map((id) => [id, counted.get(shortId(id)) ?? 0]));
    },

    async listUses(externalIds, { after, limit }, signal) {
      if (after !== null && !/^[0-9A-Za-z]{15,18}$/.test(after)) noSuchPlace(after);
      const goOn = after === null ? '' : ` AND Id > ${soqlText(after)}`;
      const byShortId = new Map(externalIds.map((id) => [shortId(id), id]));
      const [ids = '', ...more] = idGroups(externalIds);
      if (more.length > 0) throw new RangeError('more records than one address can name');
      const soql = `SELECT Id, ${title}, ${lookup} FROM ${object} WHERE ${lookup} IN (${ids})${goOn} ORDER BY Id LIMIT ${limit + 1}`;
      const found = (await read(soql, signal)).map((row) => {
        const one = understood(useRow, { id: row['Id'], title: row[title], record: row[lookup] });
        const externalId = byShortId.get(shortId(one.record)) ?? one.record;
        return { id: one.id, externalId, title: one.title ?? '', link: linkTo(link, one.id) };
      });
      return usePage(found, limit);
    },
  };
}

const id = z.string().min(15);
const countRow = z.object({ id, uses: z.int() });
const useRow = z.object({ id, title: z.string().nullish(), record: id });

function understood<T>(schema: z.ZodType<T>, row: unknown): T {
  const result = schema.safeParse(row);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = `${issue?.path.join('.')} ${issue?.message}`;
  const reason = asKept(say`what uses a record cannot be read: ${where}`);
  throw new TargetError({ is: 'failing', reason });
}

/** Ids as lists of SOQL literals, each short enough for an address. */
export function idGroups(ids: readonly string[]): string[] {
  const groups: string[] = [];
  let bytes = 0;
  for (const text of ids.map(soqlText)) {
    const more = Buffer.byteLength(encodeURIComponent(`${text},`));
    const fits = groups.length > 0 && bytes + more <= mostBytesOfIds;
    groups.push(fits ? `${groups.pop()},${text}` : text);
    bytes = fits ? bytes + more : more;
  }
  return groups;
}
