import { asKept, say } from '#words';
import { z } from 'zod';
import { TargetError, type Answer, type Connection } from '../driver.ts';
import { createHttpClient } from '../http/http-client.ts';
import type { Reply } from '../http/read-answer.ts';
import { understand } from '../http/understand.ts';
import type { Refused } from '../writing/in-batches.ts';
import { bulkResponse, readBulk, renderBulk } from './bulk.ts';
import { judge, judgeDeletion } from './judge.ts';
import type { Operation } from './operation.ts';
import { activityCode, type ActivityCode } from './resource.ts';
import type { ScimSettings } from './settings.ts';

const json = 'application/scim+json';
const pageSize = 100;
const keysInOneFilter = 25;

const supported = z.looseObject({ supported: z.boolean() });
const serviceConfig = z.looseObject({
  bulk: supported.extend({ maxOperations: z.int().min(0).nullish() }).nullish(),
  filter: supported.nullish(),
});
const listResponse = z.looseObject({ totalResults: z.number(), Resources: z.array(activityCode).nullish() });
const created = z.looseObject({ id: z.string().min(1) });

/** What a server says of itself (RFC 7643, 5). */
export interface Abilities {
  /** Operations of one bulk request; 0 without bulk. */
  readonly bulkOperations: number;
  readonly filter: boolean;
}

/** The requests of SCIM 2.0 (RFC 7644) that we need. All reject with TargetError for trouble. */
export interface HrServer {
  abilities(signal: AbortSignal): Promise<Abilities>;
  /** All resources in pages, or those that a filter finds. */
  search(filter: string | null, signal: AbortSignal): AsyncGenerator<ActivityCode[]>;
  /** Key -> id, of those keys that are there. */
  findByKey(keys: readonly string[], signal: AbortSignal): Promise<Map<string, string>>;
  bulk(operations: readonly Operation[], signal: AbortSignal): Promise<Answer[] | Refused>;
  single(operation: Operation, signal: AbortSignal): Promise<Answer>;
  /** One that is not there any more is `done`. */
  delete(id: string, signal: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}

/** Bearer token is the secret; a user, where one is set, is not part of SCIM and is not sent. */
export function connectHrServer(connection: Connection, { endpoint, concurrency }: ScimSettings): HrServer {
  const http = createHttpClient(connection, {
    connections: concurrency,
    accept: `${json}, application/json`,
  });
  const headers = { authorization: `Bearer ${connection.secret}` };
  const read = (path: string, signal: AbortSignal): Promise<Reply> =>
    http.ask({ path, headers, effect: 'reads' }, signal);
  const write = (
    method: 'POST' | 'PATCH',
    path: string,
    body: unknown,
    signal: AbortSignal,
  ): Promise<Reply> =>
    http.ask(
      {
        method,
        path,
        headers: { ...headers, 'content-type': json },
        body: JSON.stringify(body),
        effect: 'writes',
      },
      signal,
    );
  let known: Abilities | null = null;

  const server: HrServer = {
    async abilities(signal) {
      if (known) return known;
      const reply = await read('/ServiceProviderConfig', signal);
      if (!reply.ok)
        throw new TargetError({ is: 'failing', reason: `ServiceProviderConfig: ${reply.reason}` });
      const { bulk, filter } = understand(serviceConfig, reply, 'reads');
      const most = bulk?.maxOperations || Number.POSITIVE_INFINITY;
      known = { bulkOperations: bulk?.supported ? most : 0, filter: filter?.supported ?? false };
      return known;
    },

    async *search(filter, signal) {
      const query = filter === null ? '' : `&filter=${encodeURIComponent(filter)}`;
      for (let held = 0, total = 1; held < total;) {
        const reply = await read(`${endpoint}?startIndex=${held + 1}&count=${pageSize}${query}`, signal);
        if (!reply.ok) throw new TargetError({ is: 'failing', reason: reply.reason });
        const { totalResults, Resources } = understand(listResponse, reply, 'reads');
        const page = Resources ?? [];
        total = totalResults;
        held += page.length;
        if (page.length > 0) yield page;
        else if (held < total) {
          throw new TargetError({
            is: 'failing',
            reason: asKept(say`the list stops after ${held} of ${total}`),
          });
        }
      }
    },

    async findByKey(keys, signal) {
      const found = new Map<string, string>();
      for (let start = 0; start < keys.length; start += keysInOneFilter) {
        const some = keys.slice(start, start + keysInOneFilter);
        const filter = some.map((key) => `externalId eq ${JSON.stringify(key)}`).join(' or ');
        for await (const page of server.search(filter, signal)) {
          for (const { id, externalId } of page)
            if (externalId && !found.has(externalId)) found.set(externalId, id);
        }
      }
      return found;
    },

    async bulk(operations, signal) {
      const reply = await write('POST', '/Bulk', renderBulk(operations), signal);
      if (reply.ok) return readBulk(operations, understand(bulkResponse, reply, 'writes').Operations);
      if (reply.status === 400 || reply.status === 413) return { refused: reply.reason };
      throw new TargetError({ is: 'failing', reason: `/Bulk: ${reply.reason}` });
    },

    async single(operation, signal) {
      const reply = await write(operation.method, operation.path, operation.body, signal);
      if (!reply.ok && reply.status === 403) throw new TargetError({ is: 'failing', reason: reply.reason });
      const id = reply.ok && operation.method === 'POST' ? understand(created, reply, 'writes').id : null;
      return judge(operation, reply.status, id, reply.reason);
    },

    async delete(id, signal) {
      const path = `${endpoint}/${encodeURIComponent(id)}`;
      const reply = await http.ask(
        { method: 'DELETE', path, headers, effect: 'writes', expects: 'status' },
        signal,
      );
      return judgeDeletion(id, reply);
    },

    close: () => http.close(),
  };
  return server;
}
