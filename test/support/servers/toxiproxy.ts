import { join } from 'node:path';
import { z } from 'zod';
import { freePort } from '../../../deploy/local/processes/free-port.ts';
import { requireProgram } from '../../../deploy/local/processes/missing-program.ts';
import { runCommand } from '../../../deploy/local/processes/run-command.ts';
import { prepareOnce } from '../../../deploy/local/prepare-once.ts';
import { answers, runServer } from './run-server.ts';

const version = '2.5.0';

/** What a connection suffers, by the names and attributes of toxiproxy; `down` refuses connections and cuts those that are open. */
export type Toxic =
  | { readonly type: 'down' }
  | {
      readonly type: 'latency' | 'timeout' | 'reset_peer' | 'bandwidth' | 'limit_data' | 'slicer';
      readonly stream: 'upstream' | 'downstream';
      readonly attributes: Readonly<Record<string, number>>;
    };

export interface Toxiproxy {
  /** Stands before a port of 127.0.0.1. @returns the port of the proxy */
  before(name: string, port: number): Promise<number>;
  poison(name: string, toxic: Toxic): Promise<void>;
  /** Ends every toxic of every proxy. */
  heal(): Promise<void>;
  healOne(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts toxiproxy (a Go module, built on the first call) with no proxy yet. */
export async function startToxiproxy(): Promise<Toxiproxy> {
  const directory = await prepareOnce(`toxiproxy-${version}`, prepare);
  const server = await runServer({
    name: 'toxiproxy',
    directory,
    command: join(directory, 'server'),
    args: (port) => ['-host', '127.0.0.1', '-port', String(port)],
    isReady: (port) => answers(`http://127.0.0.1:${port}/version`, 200),
  });
  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(5_000),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`toxiproxy answers ${answer.status} to ${method} ${path}: ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
  const healOne = async (name: string): Promise<void> => {
    const toxics = z.array(z.object({ name: z.string() }));
    for (const toxic of toxics.parse(await ask('GET', `/proxies/${name}/toxics`)))
      await ask('DELETE', `/proxies/${name}/toxics/${toxic.name}`);
    await ask('POST', `/proxies/${name}`, { enabled: true });
  };
  const names: string[] = [];
  return {
    async before(name, port) {
      const listen = await freePort();
      await ask('POST', '/proxies', { name, listen: `127.0.0.1:${listen}`, upstream: `127.0.0.1:${port}` });
      names.push(name);
      return listen;
    },
    async poison(name, toxic) {
      if (toxic.type === 'down') await ask('POST', `/proxies/${name}`, { enabled: false });
      else await ask('POST', `/proxies/${name}/toxics`, toxic);
    },
    async heal() {
      for (const name of names) await healOne(name);
    },
    healOne,
    stop: () => server.stop(),
  };
}

async function prepare(directory: string): Promise<void> {
  requireProgram('go', ['version'], 'sudo apt-get install golang-go');
  await runCommand('go', ['install', `github.com/Shopify/toxiproxy/v2/cmd/server@v${version}`], {
    cwd: directory,
    env: { ...process.env, GOBIN: directory, GOFLAGS: '-mod=mod' },
    log: join(directory, 'prepare.log'),
  });
}
