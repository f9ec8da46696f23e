import { asKept, say } from '#words';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { TargetError, type Connection, type Step } from '../driver.ts';
import { followPages } from '../http/follow-pages.ts';
import { createHttpClient } from '../http/http-client.ts';
import { openSession } from '../http/oauth-session.ts';
import { multipartAnswer, readAnswer, type Reply } from '../http/read-answer.ts';
import { understand } from '../http/understand.ts';
import { readBatchAnswer } from './batch-answer.ts';
import { renderChangeSet, type Change } from './change-set.ts';
import { renderRecord, resourceOf, type ODataRecord } from './record.ts';
import type { ODataSettings } from './settings.ts';

const version = { 'odata-version': '4.0', 'odata-maxversion': '4.0' };
const page = z.looseObject({
  value: z.array(z.record(z.string(), z.unknown())),
  '@odata.nextLink': z.string().nullish(),
});

/** The requests of OData 4.0 that we need. All reject with TargetError for trouble. */
export interface ODataService {
  /** Writes one record. */
  change(step: Step, signal: AbortSignal): Promise<Reply>;
  /** Writes several or none: one reply for each, or the one that says why none was written. */
  changeAll(steps: readonly Step[], signal: AbortSignal): Promise<readonly Reply[]>;
  /** @param resource below the service */
  delete(resource: string, signal: AbortSignal): Promise<Reply>;
  /** @param resource with its query, below the service @param size of a page, otherwise than in the settings */
  read(resource: string, signal: AbortSignal, size?: number): Promise<Reply>;
  pages(resource: string, signal: AbortSignal): AsyncGenerator<readonly ODataRecord[]>;
  close(): Promise<void>;
}

/** At the same time, to one service. */
export const connections = 2;

export function connectService(connection: Connection, settings: ODataSettings): ODataService {
  const { servicePath, fields, pageSize } = settings;
  const { origin, pathname } = new URL(connection.address);
  const http = createHttpClient(connection, { connections, accept: 'application/json' });
  const { tokenAddress } = settings;
  const isElsewhere = URL.canParse(tokenAddress);
  const { access: _ofTheSystem, ...alone } = connection;
  const tokens = isElsewhere
    ? createHttpClient({ ...alone, address: tokenAddress }, { connections: 1, accept: 'application/json' })
    : http;
  const session = openSession(http, connection, {
    http: tokens,
    path: isElsewhere ? '' : tokenAddress,
    name: tokenAddress,
    scope: settings.scope ?? `${origin}/.default`,
  });

  const changeOf = (step: Step): Change => ({
    method: 'PATCH',
    path: `${servicePath}/${resourceOf(step, settings)}?$select=${fields.id}`,
    headers: {
      ...version,
      accept: 'application/json',
      'content-type': 'application/json; charset=utf-8',
      prefer: 'return=representation',
      ...(step.externalId === null ? {} : { 'if-match': '*' }),
    },
    body: JSON.stringify(renderRecord(step, settings)),
  });
  const nextPath = ({ '@odata.nextLink': link }: z.infer<typeof page>): string | null =>
    link ? belowAddress(link, settings) : null;
  const read = (path: string, signal: AbortSignal, size = pageSize): Promise<Reply> => {
    const headers = { ...version, prefer: `odata.maxpagesize=${size}` };
    return session.ask({ path, headers, effect: 'reads' }, signal);
  };

  return {
    change: (step, signal) => session.ask({ ...changeOf(step), effect: 'writes' }, signal),

    async changeAll(steps, signal) {
      const basePath = pathname.replace(/\/+$/, '');
      const changes = steps.map(changeOf).map((change) => ({ ...change, path: basePath + change.path }));
      const { headers, body } = renderChangeSet(changes, randomUUID());
      const reply = await session.ask(
        {
          method: 'POST',
          path: `${servicePath}/$batch`,
          headers: { ...version, ...headers, accept: 'multipart/mixed', prefer: 'odata.continue-on-error' },
          body,
          effect: 'writes',
          expects: 'multipart',
        },
        signal,
      );
      if (!reply.ok) return [reply];
      const answer = understand(multipartAnswer, reply, 'writes');
      const replies = readBatchAnswer(answer.contentType, answer.text)?.map((part) => {
        const said = readAnswer(part, 'writes', Date.now());
        if (said.is !== 'reply') throw new TargetError(said);
        return said.reply;
      });
      const isWhole = replies?.length === steps.length && replies.every(({ ok }) => ok);
      const isRefusal = replies?.length === 1 && replies.every(({ ok }) => !ok);
      if (replies && (isWhole || isRefusal)) return replies;
      throw new TargetError({
        is: 'unknown',
        reason: asKept(say`the answer does not say what became of the change set`),
      });
    },

    delete: (resource, signal) => {
      const path = `${servicePath}/${resource}`;
      return session.ask(
        { method: 'DELETE', path, headers: version, effect: 'writes', expects: 'status' },
        signal,
      );
    },

    read: (resource, signal, size) => read(`${servicePath}/${resource}`, signal, size),

    async *pages(resource, signal) {
      const readPage = async (path: string): Promise<z.infer<typeof page>> => {
        const reply = await read(path, signal);
        if (!reply.ok) throw new TargetError({ is: 'failing', reason: reply.reason });
        return understand(page, reply, 'reads');
      };
      for await (const { value } of followPages(`${servicePath}/${resource}`, readPage, nextPath))
        yield value;
    },

    close: async () => {
      await http.close();
      if (tokens !== http) await tokens.close();
    },
  };
}

/** A link to the next page, absolute or relative to the service -> a path below our address, which is the only one that we ask. */
export function belowAddress(link: string, { servicePath, entitySet }: ODataSettings): string {
  const start = link.indexOf(`${entitySet}?`);
  if (start >= 0) return `${servicePath}/${link.slice(start)}`;
  throw new TargetError({
    is: 'failing',
    reason: asKept(say`the next page is at no address of the table: ${link}`),
  });
}
