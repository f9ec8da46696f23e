import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '#platform';
import { freePort } from '../../../deploy/local/processes/free-port.ts';
import { createSandbox } from '../../../apps/sandbox/src/create-sandbox.ts';

export interface RunningSandbox {
  /** `http://127.0.0.1:P` */
  readonly origin: string;
  stop(): Promise<void>;
}

/** The sandbox inside this process, on a free port, with an empty folder. */
export async function startSandbox(): Promise<RunningSandbox> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mappa-sandbox-'));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const config = { host: '127.0.0.1', port, logLevel: 'fatal', dataDir, publicUrl: origin } as const;
  const app = await createSandbox(config, createLogger('sandbox', config.logLevel));
  await app.start();
  return {
    origin,
    stop: async () => {
      await app.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
