import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireProgram } from '../../../deploy/local/processes/missing-program.ts';
import { runCommand } from '../../../deploy/local/processes/run-command.ts';
import { prepareOnce } from '../../../deploy/local/prepare-once.ts';
import { answers, runServer } from './run-server.ts';

const version = '0.8.3';
const schemas = fileURLToPath(new URL('scim-schemas.json', import.meta.url));
const resourceTypes = fileURLToPath(new URL('scim-resource-types.json', import.meta.url));

export interface Scim2 {
  /** Base address, `http://127.0.0.1:P/v2`; resources are below, `/ActivityCodes`, `/Bulk`. */
  readonly address: string;
  readonly credentials: { readonly token: string };
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts scim2-server (PyPI) with the resource type ActivityCode, empty, on a free port of 127.0.0.1 or on `port`. */
export async function startScim2(options: { port?: number } = {}): Promise<Scim2> {
  const directory = await prepareOnce(`scim2-server-${version}`, prepare);
  const token = 'mappa-hr-secret';
  const server = await runServer({
    name: 'scim2-server',
    directory,
    command: join(directory, 'venv/bin/scim2-server'),
    args: (port) => [
      '--schema',
      schemas,
      '--resource-type',
      resourceTypes,
      '--bearer-token',
      token,
      '--hostname',
      '127.0.0.1',
      '--port',
      String(port),
    ],
    isReady: (port) => answers(`http://127.0.0.1:${port}/v2/ServiceProviderConfig`, 200),
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  return { ...server, address: `http://127.0.0.1:${server.port}/v2`, credentials: { token } };
}

async function prepare(directory: string): Promise<void> {
  const install = 'sudo apt-get install python3 python3-venv';
  requireProgram('python3', ['-c', 'import venv, ensurepip'], install);
  const log = join(directory, 'prepare.log');
  await runCommand('python3', ['-m', 'venv', 'venv'], { cwd: directory, log });
  await runCommand('venv/bin/pip', ['install', '--quiet', `scim2-server==${version}`], {
    cwd: directory,
    log,
  });
}
