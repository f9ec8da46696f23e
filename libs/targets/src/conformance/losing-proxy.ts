import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface LosingProxy {
  /** `http://127.0.0.1:P` */
  readonly origin: string;
  /** The answers of the next writes are lost: the server has stored them, the client sees its connection end. */
  loseAnswers(count: number): void;
  close(): Promise<void>;
}

const writingMethod = /^(POST|PATCH|PUT|DELETE) (?!\S*oauth2)/;

/**
 * Stands before a server on loopback and passes bytes on, until it is told to lose some.
 * @param write found in the bytes of a request that writes
 */
export async function startLosingProxy(upstream: URL, write = writingMethod): Promise<LosingProxy> {
  let toLose = 0;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const remote = connect(Number(upstream.port), upstream.hostname);
    let losing = false;
    client.on('data', (chunk: Buffer) => {
      if (toLose > 0 && write.test(chunk.toString('latin1'))) {
        toLose -= 1;
        losing = true;
      }
      remote.write(chunk);
    });
    remote.on('data', (chunk: Buffer) => (losing ? client.destroy() : client.write(chunk)));
    for (const [one, other] of [
      [client, remote],
      [remote, client],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('end', () => other.end());
      one.on('close', () => {
        open.delete(one);
        other.destroySoon();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${portOf(server.address())}`,
    loseAnswers: (count) => {
      toLose = count;
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A port of loopback where nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server.address());
  server.close();
  await once(server, 'close');
  return port;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return address.port;
}
