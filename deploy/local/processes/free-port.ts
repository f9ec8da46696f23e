import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** True when nothing listens on this port of 127.0.0.1. */
export async function isFree(port: number): Promise<boolean> {
  return (await bindable(port)) !== undefined;
}

/** Below the ports that Linux and macOS give to outgoing connections: one of those may be taken before who asked listens on it. */
const lowest = 15_000;
const highest = 32_000;
const given = new Set<number>();

/** A port of 127.0.0.1 that nothing listens on now, and that this process was not given before. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = randomInt(lowest, highest);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new Error(`no free port on 127.0.0.1 from ${lowest} to ${highest}`);
}

function bindable(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : undefined));
    });
  });
}
