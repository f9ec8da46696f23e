import { join } from 'node:path';
import { checkout } from '../checkout.ts';
import { startLogged } from '../processes/start-logged.ts';
import { hasEnded } from '../processes/started.ts';
import type { Started } from '../processes/started.ts';
import { waitUntil } from '../processes/wait-until.ts';

/** What has a higher number is stopped earlier. */
export const stopOrder = { postgres: 0, kafka: 1, sandbox: 2, catalog: 3, connector: 4 } as const;

export interface App {
  readonly name: 'catalog' | 'connector' | 'sandbox';
  readonly env: NodeJS.ProcessEnv;
  readonly port: number;
  readonly log: string;
}

/** Path of a compiled command of an app: `main`, `migrate`, `bootstrap`. */
export function compiled(app: App['name'], command: string): string {
  return join(checkout, 'dist/apps', app, 'src', `${command}.js`);
}

/**
 * V8 lets a heap grow as far as the machine allows. The connector keeps little, so it is told to clear up early; a smaller
 * new space than 16 MB saves nothing, and costs a third of the time of a request. For maps of hundreds of thousands of entries
 * set NODE_OPTIONS to more. The catalog reads such maps at once: what is new is looked through less often, for a tenth less of
 * processor time.
 */
const heap: Partial<Record<App['name'], string>> = {
  connector: '--max-old-space-size=512 --max-semi-space-size=16',
  catalog: '--max-semi-space-size=64',
};

/** By how much the old space of the connector may grow before it is looked through; Node takes this on its command line only. */
const growth: Partial<Record<App['name'], string>> = { connector: '--heap-growing-percent=40' };

/**
 * The allocator of glibc keeps what each thread gave back, apart; the connector, whose threads do little, shares one place and
 * gives back what is free. Other allocators take no notice.
 */
const allocator: Partial<Record<App['name'], NodeJS.ProcessEnv>> = {
  connector: { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '131072' },
};

/** Our own files are shown as they were written; `--enable-source-maps` would keep the maps of all libraries in memory too. */
const sourceMaps = new URL('./source-maps.mjs', import.meta.url).href;

/** Starts an app of this repository; ready when /health/ready says so. */
export async function startApp({ name, env, port, log }: App): Promise<Started> {
  const child = await startLogged({
    command: process.execPath,
    args: [...(growth[name] ? [growth[name]] : []), '--import', sourceMaps, compiled(name, 'main')],
    env: { ...(heap[name] && { NODE_OPTIONS: heap[name] }), ...allocator[name], ...env },
    cwd: checkout,
    log,
  });
  const ready = async (): Promise<boolean> => {
    const answers = async (): Promise<boolean> => hasEnded(child) || (await isHealthy(port));
    return (await waitUntil(answers, 180_000, { everyMs: 50 })) && !hasEnded(child);
  };
  return { name, child, log, stopBy: { signal: 'SIGTERM', graceMs: 5000 }, ready };
}

async function isHealthy(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/health/ready`, {
      signal: AbortSignal.timeout(2000),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
