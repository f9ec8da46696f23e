import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { entitySet } from './activity.ts';
import { columnOf, incidentFilter } from './incident-filter.ts';
import { incidentBinding, incidentColumns, incidentSet, type Incident } from './incident.ts';
import { badRequest, notThere, ODataError } from './odata-error.ts';
import type { ODataStore } from './odata.store.ts';
import type { ODataAnswer, ODataRequest } from './requests.ts';

const grouping = /^filter\((.*)\)\/groupby\(\((\w+)\),aggregate\(\$count as (\w+)\)\)$/;
const largestPage = 5000;
const newIncident = z.strictObject({
  title: z.string().max(200).nullish(),
  [incidentBinding]: z.string().nullish(),
});

/** What the service answers to each request about cases: made, listed, counted by what they are tagged with. */
export class Incidents {
  constructor(
    private readonly store: ODataStore,
    private readonly base: string,
  ) {}

  /** @throws ODataError */
  run(url: URL, request: ODataRequest): ODataAnswer {
    const apply = url.searchParams.get('$apply');
    if (request.method === 'POST') return this.create(request);
    if (request.method !== 'GET')
      throw new ODataError(405, '0x80060888', `The requested resource does not support ${request.method}`);
    return apply === null ? this.list(url, request) : this.group(apply);
  }

  private create({ body }: ODataRequest): ODataAnswer {
    const read = newIncident.safeParse(body);
    if (!read.success) throw badRequest('A case has a title and mappa_Activity@odata.bind');
    const { title, [incidentBinding]: bound } = read.data;
    const activityId = bound ? new RegExp(`^/?${entitySet}\\(([0-9a-f-]{36})\\)$`).exec(bound)?.[1] : null;
    if (activityId === undefined) throw badRequest(`The resource ${bound} cannot be bound to mappa_Activity`);
    if (activityId !== null && !this.store.by('id', activityId)) throw notThere(activityId);
    const id = randomUUID();
    this.store.incidents.insert({ id, title: title ?? null, activity_id: activityId });
    return { status: 204, headers: { 'odata-entityid': `${this.base}/${incidentSet}(${id})` } };
  }

  private list(url: URL, { headers }: ODataRequest): ODataAnswer {
    const { searchParams } = url;
    const names = searchParams.get('$select')?.split(',') ?? [...incidentColumns.keys()];
    const columns = names.map((name) => [name, columnOf(name)] as const);
    const asked = /odata\.maxpagesize=(\d+)/.exec(headers['prefer'] ?? '')?.[1];
    const size = Math.min(Number(asked ?? largestPage), largestPage);
    const where = incidentFilter(searchParams.get('$filter'));
    const rows = this.store.incidents.page(where, placeOf(searchParams.get('$skiptoken')), size + 1);
    const shown = rows.slice(0, size);
    const body: Record<string, unknown> = {
      value: shown.map((row: Incident) =>
        Object.fromEntries(columns.map(([name, column]) => [name, row[column]])),
      ),
    };
    if (rows.length > size) {
      searchParams.set('$skiptoken', String(shown.at(-1)?.n));
      body['@odata.nextLink'] = `${this.base}/${incidentSet}?${searchParams.toString()}`;
    }
    return { status: 200, headers: {}, body };
  }

  private group(apply: string): ODataAnswer {
    const [, filter, property = '', alias = ''] = grouping.exec(apply) ?? [];
    if (filter === undefined) throw badRequest(`The expression ${apply} is not supported`);
    const counted = this.store.incidents.count(incidentFilter(filter), columnOf(property));
    const value = counted.map(({ value: of, count }) => ({ [property]: of, [alias]: count }));
    return { status: 200, headers: {}, body: { value } };
  }
}

function placeOf(skiptoken: string | null): number {
  if (skiptoken === null) return 0;
  if (/^\d{1,12}$/.test(skiptoken)) return Number(skiptoken);
  throw badRequest(`Malformed paging cookie: ${skiptoken}`);
}
