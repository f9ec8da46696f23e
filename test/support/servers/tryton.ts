import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { prepareOnce } from '../../../deploy/local/prepare-once.ts';
import { freePort } from '../../../deploy/local/processes/free-port.ts';
import { requireProgram } from '../../../deploy/local/processes/missing-program.ts';
import { runCommand } from '../../../deploy/local/processes/run-command.ts';
import { answers, runServer, type ServerProcess } from './run-server.ts';
import { openTrytonClient, setUpCompany, type TrytonClient } from './tryton-client.ts';

const series = '8.0';
const modules = ['timesheet', 'project', 'party'];
const database = 'act';

export interface Tryton {
  /** Of the database: `http://127.0.0.1:P/act`. */
  readonly address: string;
  readonly credentials: { readonly user: string; readonly secret: string };
  /** Signed in, past any driver. */
  readonly client: TrytonClient;
  stop(): Promise<void>;
}

export const trytonCredentials = { user: 'admin', secret: 'mappa-tryton-secret' } as const;

/**
 * Starts Tryton (PyPI, GPL-3: run, never linked) on a free port of 127.0.0.1, with a company, its employee, and nothing else. The
 * database is made once and copied.
 */
export async function startTryton(): Promise<Tryton> {
  const directory = await prepareOnce(`tryton-${series}`, prepare);
  const files = await mkdtemp(join(tmpdir(), 'mappa-tryton-'));
  await copyFile(join(directory, `${database}.sqlite`), join(files, `${database}.sqlite`));
  const server = await run(directory, files);
  const address = addressAt(server.port);
  return {
    address,
    credentials: trytonCredentials,
    client: await openTrytonClient(address, trytonCredentials),
    stop: async () => {
      await server.stop();
      await rm(files, { recursive: true, force: true });
    },
  };
}

const addressAt = (port: number): string => `http://127.0.0.1:${port}/${database}`;

async function run(directory: string, files: string): Promise<ServerProcess> {
  const configuration = join(files, 'trytond.conf');
  const port = await freePort();
  const listen = `[web]\nlisten=127.0.0.1:${port}\n`;
  await writeFile(configuration, `${listen}[database]\nuri=sqlite://\npath=${files}\n`);
  return runServer({
    name: 'trytond',
    directory: files,
    command: join(directory, 'venv/bin/trytond'),
    args: () => ['-c', configuration, '-d', database],
    // JSON-RPC is POST: a GET is refused as soon as the server listens.
    isReady: () => answers(`${addressAt(port)}/rpc/`, 405),
    port,
  });
}

async function prepare(directory: string): Promise<void> {
  requireProgram('python3', ['-c', 'import venv, ensurepip'], 'sudo apt-get install python3 python3-venv');
  const log = join(directory, 'prepare.log');
  const passwordFile = join(directory, 'password');
  const env = { ...process.env, TRYTONPASSFILE: passwordFile };
  const command = (name: string, ...args: string[]): Promise<void> =>
    runCommand(name, args, { cwd: directory, log, env });
  const packages = ['trytond', ...modules.map((name) => `trytond_${name}`)];
  await command('python3', '-m', 'venv', 'venv');
  await command('venv/bin/pip', 'install', '--quiet', ...packages.map((name) => `${name}==${series}.*`));
  await writeFile(passwordFile, trytonCredentials.secret);
  await writeFile(join(directory, 'admin.conf'), `[database]\nuri=sqlite://\npath=${directory}\n`);
  await writeFile(join(directory, `${database}.sqlite`), '');
  const admin = ['-c', 'admin.conf', '-d', database];
  await command('venv/bin/trytond-admin', ...admin, '--all', '--email', 'admin@example.invalid');
  await command('venv/bin/trytond-admin', ...admin, '-u', ...modules, '--activate-dependencies');
  const server = await run(directory, directory);
  try {
    await setUpCompany(await openTrytonClient(addressAt(server.port), trytonCredentials));
  } finally {
    await server.stop();
  }
  foldIntoOneFile(join(directory, `${database}.sqlite`));
}

/** What a killed server left beside its database, so that the file alone is the whole. */
function foldIntoOneFile(file: string): void {
  const sqlite = new DatabaseSync(file);
  sqlite.exec('pragma wal_checkpoint(truncate)');
  sqlite.close();
}
