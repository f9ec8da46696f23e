import { once } from 'node:events';
import type { RequestListener, ServerResponse } from 'node:http';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import type { Socket } from 'node:net';

export interface BadServer {
  /** `http://127.0.0.1:P` or `https://localhost:P` */
  readonly address: string;
  /** Requests that arrived, by method and path. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** A server that does one thing to whoever asks. @param tls under https with this, else under http */
export async function startBadServer(listener: RequestListener, tls?: ServerOptions): Promise<BadServer> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const listen: RequestListener = (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume();
    listener(request, response);
  };
  const server = tls ? createHttpsServer(tls, listen) : createHttpServer(listen);
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  const { port } = address;
  return {
    address: tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`,
    asked,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Sends a body without an end, as fast as it is read. */
export function sendForever(response: ServerResponse): void {
  const chunk = Buffer.alloc(1024 * 1024, ' ');
  const more = (): void => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
}

/** Sends a blank every few milliseconds, so that something always comes. */
export function drip(response: ServerResponse): void {
  response.write('{');
  const blanks = setInterval(() => response.write(' '), 5);
  response.on('close', () => clearInterval(blanks));
}
