import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { Connection } from '../driver.ts';

export interface Asked {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}

export interface ScriptedAnswer {
  readonly status?: number;
  /** JSON; without it and without a text, the answer is empty. */
  readonly json?: unknown;
  /** Sent as it is, where the answer is not JSON. */
  readonly text?: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ScriptedServer {
  readonly connection: Connection;
  /** Every request so far. */
  readonly asked: readonly Asked[];
  close(): Promise<void>;
}

/** A server on loopback that answers as no server at hand does. */
export async function startScriptedServer(answer: (asked: Asked) => ScriptedAnswer): Promise<ScriptedServer> {
  const asked: Asked[] = [];
  const respond = async (request: IncomingMessage): Promise<ScriptedAnswer> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const { method = '', url = '', headers } = request;
    const one = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') };
    asked.push(one);
    return answer(one);
  };
  const server = createServer((request, response) => {
    const send = ({
      status = 200,
      json,
      text,
      type = 'application/json',
      headers = {},
    }: ScriptedAnswer): void => {
      const body = text ?? (json === undefined ? undefined : JSON.stringify(json));
      response.writeHead(status, { ...(body === undefined ? {} : { 'content-type': type }), ...headers });
      response.end(body);
    };
    respond(request).then(send, (error: Error) => response.destroy(error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return {
    connection: {
      address: `http://127.0.0.1:${address.port}`,
      user: 'user',
      secret: 'secret',
      settings: {},
      requestTimeoutMs: 2000,
    },
    asked,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
