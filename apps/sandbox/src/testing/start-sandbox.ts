import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '#platform';
import { createSandbox } from '../create-sandbox.ts';

export interface RunningSandbox {
  readonly url: string;
  /** Stops it and starts it again on the same files and address. */
  restart(): Promise<void>;
  /** Stops it and removes its files. */
  stop(): Promise<void>;
}

/** The whole sandbox on a free port with a folder of its own, for one test file. */
export async function startSandbox(): Promise<RunningSandbox> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mappa-sandbox-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config = { host: '127.0.0.1', port, logLevel: 'error', dataDir, publicUrl: url } as const;
  const launch = async () => {
    const app = await createSandbox(config, createLogger('sandbox', 'error'));
    await app.start();
    return app;
  };
  let app = await launch();
  return {
    url,
    restart: async () => {
      await app.stop();
      app = await launch();
      await forgetClosedConnections(url);
    },
    stop: async () => {
      await app.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A kept-alive connection of the stopped app fails once when fetch takes it from its pool. */
async function forgetClosedConnections(url: string): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (Date.now() < deadline) {
    const response = await fetch(`${url}/health/live`).catch(() => null);
    if (response?.ok) return;
  }
  throw new Error('the sandbox did not come back');
}

async function freePort(): Promise<number> {
  const server = createServer();
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  const closed = Promise.withResolvers<void>();
  server.close(() => closed.resolve());
  await closed.promise;
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
