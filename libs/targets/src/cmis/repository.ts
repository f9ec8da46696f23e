import { asKept, say } from '#words';
import { z } from 'zod';
import { TargetError, type Connection } from '../driver.ts';
import { basicAuthorization, createHttpClient } from '../http/http-client.ts';
import { multipart } from '../http/multipart.ts';
import type { Expected, Reply } from '../http/read-answer.ts';
import { understand } from '../http/understand.ts';
import { cmisObject, toFolder, type Folder } from './folder.ts';

const exception = z.looseObject({ exception: z.string() });
const queryPage = z.looseObject({ results: z.array(cmisObject), hasMoreItems: z.boolean().nullish() });

/** The server refused; `exception` is a name of CMIS 1.1 section 2.2.1.4.2, null when it did not say one. */
export interface Refusal {
  readonly exception: string | null;
  readonly reason: string;
}

export type Values = ReadonlyMap<string, string | null>;

/** The requests of the browser binding (CMIS 1.1 section 5) that we need. All reject with TargetError for trouble. */
export interface Repository {
  byId(id: string): Promise<Folder | Refusal>;
  byPath(path: string): Promise<Folder | Refusal>;
  /** Objects of a query in pages; `pageSize` at most each. */
  query(statement: string, pageSize: number): AsyncGenerator<Folder[]>;
  createFolder(parentId: string, values: Values): Promise<Folder | Refusal>;
  update(id: string, values: Values, changeToken: string | null): Promise<Folder | Refusal>;
  move(id: string, fromId: string, toId: string): Promise<Folder | Refusal>;
  /** Refused for a folder that something is filed in (section 2.2.4.14). */
  delete(id: string): Promise<Refusal | null>;
  get(selector: string): Promise<Reply>;
}

/** The requests of one call of a driver, all ended by its signal. */
export type OpenRepository = (signal: AbortSignal) => Repository;

export const isRefusal = (result: Folder | Refusal): result is Refusal => 'exception' in result;

export function connectRepository(
  connection: Connection,
  connections: number,
): { readonly open: OpenRepository; close(): Promise<void> } {
  const http = createHttpClient(connection, { connections, accept: 'application/json' });
  const authorization = basicAuthorization(connection.user, connection.secret);

  const open: OpenRepository = (signal) => {
    const get = (path: string): Promise<Reply> =>
      http.ask({ path, headers: authorization, effect: 'reads' }, signal);
    const send = (id: string, fields: [string, string][], expects: Expected): Promise<Reply> => {
      // Without _charset_ OpenCMIS stores text garbled.
      const form = multipart([['_charset_', 'UTF-8'], ['succinct', 'true'], ...fields]);
      const headers = { ...authorization, ...form.headers };
      const path = `/root?objectId=${encodeURIComponent(id)}`;
      return http.ask({ method: 'POST', path, headers, body: form.body, effect: 'writes', expects }, signal);
    };
    const post = async (id: string, fields: [string, string][]): Promise<Folder | Refusal> => {
      const reply = await send(id, fields, 'json');
      return reply.ok ? toFolder(understand(cmisObject, reply, 'writes')) : toRefusal(reply);
    };
    const object = async (path: string): Promise<Folder | Refusal> => {
      const reply = await get(path);
      return reply.ok ? toFolder(understand(cmisObject, reply, 'reads')) : toRefusal(reply);
    };
    const selector = 'cmisselector=object&succinct=true';

    return {
      get: (query) => get(`?${query}`),
      byId: (id) => object(`/root?objectId=${encodeURIComponent(id)}&${selector}`),
      byPath: (path) => object(`/root${path.split('/').map(encodeURIComponent).join('/')}?${selector}`),

      async *query(statement, pageSize) {
        const fixed = `?cmisselector=query&succinct=true&searchAllVersions=false&maxItems=${pageSize}&q=${encodeURIComponent(statement)}`;
        for (let read = 0; ;) {
          const reply = await get(`${fixed}&skipCount=${read}`);
          if (!reply.ok) throw new TargetError({ is: 'failing', reason: reply.reason });
          const { results, hasMoreItems } = understand(queryPage, reply, 'reads');
          if (results.length > 0) yield results.map(toFolder);
          read += results.length;
          if (!hasMoreItems) return;
          if (results.length === 0) {
            throw new TargetError({
              is: 'failing',
              reason: asKept(say`the list stops after ${read} and says that there is more`),
            });
          }
        }
      },

      createFolder: (parentId, values) =>
        post(parentId, [['cmisaction', 'createFolder'], ...propertyFields(values)]),
      update: (id, values, changeToken) =>
        post(id, [
          ['cmisaction', 'update'],
          ...(changeToken === null ? [] : [['changeToken', changeToken] satisfies [string, string]]),
          ...propertyFields(values),
        ]),
      move: (id, fromId, toId) =>
        post(id, [
          ['cmisaction', 'move'],
          ['sourceFolderId', fromId],
          ['targetFolderId', toId],
        ]),
      async delete(id) {
        const reply = await send(id, [['cmisaction', 'delete']], 'status');
        return reply.ok ? null : toRefusal(reply);
      },
    };
  };
  return { open, close: () => http.close() };
}

/** Text as a literal of the CMIS query language (section 2.1.14.2.1). */
export const cmisText = (text: string): string => `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;

/** A property with an id and no value is "not set" (section 5.4.4.3.5). */
function propertyFields(values: Values): [string, string][] {
  return [...values].flatMap(([id, value], i): [string, string][] => [
    [`propertyId[${i}]`, id],
    ...(value === null ? [] : [[`propertyValue[${i}]`, value] satisfies [string, string]]),
  ]);
}

function toRefusal({ body, reason }: Reply): Refusal {
  const said = exception.safeParse(body);
  return { exception: said.success ? said.data.exception : null, reason };
}
