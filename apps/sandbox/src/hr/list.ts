import { renderResource } from './activity-code.ts';
import { filterSql } from './filter.ts';
import type { HrStore } from './hr.store.ts';
import { longestPage } from './limits.ts';
import { ScimError } from './scim-error.ts';
import { wantedAttributes } from './wanted-attributes.ts';

/** A list answer (RFC 7644 section 3.4.2). */
export function listResponse(
  resources: readonly unknown[],
  totalResults = resources.length,
  startIndex = 1,
): object {
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}

/** GET /ActivityCodes with `filter`, `startIndex` (from 1) and `count` (at most 200 a page). */
export function listCodes(
  store: HrStore,
  query: Readonly<Record<string, string | undefined>>,
  base: string,
): object {
  const startIndex = Math.max(1, whole(query['startIndex'], 'startIndex', 1));
  const count = Math.min(longestPage, Math.max(0, whole(query['count'], 'count', longestPage)));
  const { text, values } = query['filter'] ? filterSql(query['filter']) : { text: 'true', values: [] };
  const found = store.select(text, values, count, startIndex - 1);
  const resources = found.map((resource) => wantedAttributes(renderResource(resource, base), query));
  return listResponse(resources, store.countWhere(text, values), startIndex);
}

function whole(text: string | undefined, name: string, absent: number): number {
  if (text === undefined) return absent;
  if (!/^-?\d{1,9}$/.test(text)) throw new ScimError(400, `${name} is a whole number`, 'invalidValue');
  return Number(text);
}
