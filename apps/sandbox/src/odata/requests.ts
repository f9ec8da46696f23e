import type { FaultBoard } from '../faults/fault-board.ts';
import { entitySet, type Activity } from './activity.ts';
import { incidentSet } from './incident.ts';
import { Incidents } from './incidents.ts';
import { badRequest, errorBody, notThere, ODataError } from './odata-error.ts';
import type { ODataStore } from './odata.store.ts';
import { readRecord } from './read-record.ts';
import { checkSelect, etagOf, renderActivity } from './render-activity.ts';
import { readResource, type Resource } from './resource.ts';
import { saveRecord } from './save-record.ts';

/** One request, on its own or inside a batch. */
export interface ODataRequest {
  readonly method: string;
  /** Below the service: `mappa_activities(…)`, with its query. */
  readonly target: string;
  /** By names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface ODataAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined: none. */
  readonly body?: unknown;
}

const largestPage = 5000;

/** What the service answers to each request about its tables. */
export class Requests {
  private readonly incidents: Incidents;

  /** @param base address of the service, for links */
  constructor(
    private readonly store: ODataStore,
    private readonly faults: FaultBoard,
    private readonly base: string,
  ) {
    this.incidents = new Incidents(store, base);
  }

  /** Never throws an ODataError: it becomes its answer. */
  answer(request: ODataRequest): ODataAnswer {
    try {
      return this.run(request);
    } catch (error) {
      if (!(error instanceof ODataError)) throw error;
      return { status: error.status, headers: {}, body: errorBody(error.code, error.message) };
    }
  }

  /** @throws ODataError */
  run(request: ODataRequest): ODataAnswer {
    const url = new URL(request.target, 'http://service/');
    if (url.pathname === `/${incidentSet}`) return this.incidents.run(url, request);
    const resource = readResource(url.pathname.slice(1));
    const select = url.searchParams.get('$select');
    checkSelect(select);
    switch (request.method) {
      case 'GET':
        return resource.by === 'table' ? this.list(url, select, request) : this.get(resource, select);
      case 'POST':
        return this.save(request, null, undefined, select);
      case 'PATCH':
        return this.upsert(request, resource, select);
      case 'DELETE':
        this.store.delete(this.existing(resource).id);
        return { status: 204, headers: {} };
      default:
        throw new ODataError(405, '0x80060888', `The requested resource does not support ${request.method}`);
    }
  }

  private list(url: URL, select: string | null, { headers }: ODataRequest): ODataAnswer {
    const asked = /odata\.maxpagesize=(\d+)/.exec(headers['prefer'] ?? '')?.[1];
    const size = Math.min(Number(url.searchParams.get('$top') ?? asked ?? largestPage), largestPage);
    const rows = this.store.page(Number(url.searchParams.get('$skiptoken') ?? 0), size + 1);
    const shown = rows.slice(0, size);
    const body: Record<string, unknown> = {
      '@odata.context': `${this.base}/$metadata#${entitySet}`,
      value: shown.map((row) => renderActivity(row, select)),
    };
    if (rows.length > size && !url.searchParams.has('$top')) {
      url.searchParams.set('$skiptoken', String(shown.at(-1)?.n));
      body['@odata.nextLink'] = `${this.base}/${entitySet}?${url.searchParams.toString()}`;
    }
    return { status: 200, headers: {}, body };
  }

  private get(resource: Resource, select: string | null): ODataAnswer {
    const row = this.existing(resource);
    return { status: 200, headers: { etag: etagOf(row) }, body: renderActivity(row, select) };
  }

  /** `If-Match` never creates, `If-None-Match: *` never updates; without them, PATCH does whichever is needed. */
  private upsert(request: ODataRequest, resource: Resource, select: string | null): ODataAnswer {
    if (resource.by === 'table') throw badRequest('PATCH needs the key of a record');
    const row = this.find(resource);
    const match = request.headers['if-match'];
    if (match !== undefined && !row) throw notThere('value' in resource ? resource.value : resource.id);
    if (row && match !== undefined && match !== '*' && match !== etagOf(row)) {
      throw new ODataError(412, '0x80060882', 'The version of the existing record does not match');
    }
    if (row && request.headers['if-none-match'] === '*') {
      throw new ODataError(412, '0x80040237', 'A record with matching key values already exists.');
    }
    return this.save(request, resource, row, select);
  }

  private save(
    request: ODataRequest,
    resource: Exclude<Resource, { by: 'table' }> | null,
    row: Activity | undefined,
    select: string | null,
  ): ODataAnswer {
    const record = readRecord(request.body);
    if (resource && resource.by !== 'id' && record.values.has(resource.by)) {
      throw badRequest(`The alternate key ${resource.by} stands in the address and in the body`);
    }
    const known =
      resource === null ? {} : resource.by === 'id' ? { id: resource.id } : { [resource.by]: resource.value };
    const id = saveRecord(record, row, known, this.store, this.faults);
    const stored = this.store.by('id', id);
    if (!stored) throw notThere(id);
    const headers = { 'odata-entityid': `${this.base}/${entitySet}(${id})`, etag: etagOf(stored) };
    if (!/return=representation/.test(request.headers['prefer'] ?? '')) return { status: 204, headers };
    return { status: row ? 200 : 201, headers, body: renderActivity(stored, select) };
  }

  private find(resource: Resource): Activity | undefined {
    if (resource.by === 'table') return undefined;
    return this.store.by(resource.by, resource.by === 'id' ? resource.id : resource.value);
  }

  private existing(resource: Resource): Activity {
    const row = this.find(resource);
    if (!row) throw notThere('value' in resource ? resource.value : 'id' in resource ? resource.id : '');
    return row;
  }
}
