import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { requireProgram } from '../../../deploy/local/processes/missing-program.ts';
import { runCommand } from '../../../deploy/local/processes/run-command.ts';
import { createTypeAndRoot } from './opencmis-repository.ts';
import { prepareOnce } from '../../../deploy/local/prepare-once.ts';
import { answers, runServer } from './run-server.ts';

const war = 'org.apache.chemistry.opencmis:chemistry-opencmis-server-inmemory:1.1.0:war';
const jetty = 'org.eclipse.jetty:jetty-runner:9.4.58.v20250814';
const jettyJar = 'jetty-runner-9.4.58.v20250814.jar';
const install = 'sudo apt-get install openjdk-17-jre-headless maven';

export interface OpenCmis {
  /** Address of the repository, browser binding: `http://127.0.0.1:P/cmis/browser/proto`. */
  readonly address: string;
  readonly credentials: { readonly username: string; readonly password: string };
  /** Object id of the folder `/mappa` below the repository root, and its path. */
  readonly rootFolderId: string;
  readonly rootFolderPath: string;
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * Starts the in-memory CMIS 1.1 server of Apache Chemistry OpenCMIS on a free port of 127.0.0.1 (or on `port`, to
 * restart it at its address), empty but for the type `act:code` and the folder `/mappa`.
 */
export async function startOpenCmis(options: { port?: number } = {}): Promise<OpenCmis> {
  const directory = await prepareOnce('opencmis-1.1.0', prepare);
  const credentials = { username: 'mappa', password: 'mappa-records-secret' };
  const server = await runServer({
    name: 'opencmis',
    directory,
    command: 'java',
    args: (port) => [
      '-Xmx256m',
      '-XX:TieredStopAtLevel=1',
      '-jar',
      jettyJar,
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      '--path',
      '/cmis',
      'war',
    ],
    isReady: (port) => answers(`http://127.0.0.1:${port}/cmis/browser/proto`, 401),
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  const address = `http://127.0.0.1:${server.port}/cmis/browser/proto`;
  try {
    const rootFolderId = await createTypeAndRoot(address, credentials);
    return { ...server, address, credentials, rootFolderId, rootFolderPath: '/mappa' };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** The SOAP servlets need javax.xml.ws, which left the JDK; the repository starts empty and is called proto. */
async function prepare(directory: string): Promise<void> {
  requireProgram('java', ['-version'], install);
  requireProgram('mvn', ['-version'], install);
  const log = join(directory, 'prepare.log');
  const maven = (...args: string[]): Promise<void> =>
    runCommand('mvn', ['-q', '-B', ...args], { cwd: directory, log });
  await maven('dependency:unpack', `-Dartifact=${war}`, '-DoutputDirectory=war');
  await maven('dependency:copy', `-Dartifact=${jetty}`, '-DoutputDirectory=.');
  await rm(join(directory, '${project.basedir}'), { recursive: true, force: true });
  await edit(join(directory, 'war/WEB-INF/web.xml'), (xml) =>
    xml
      .replaceAll(/<servlet>\s*<servlet-name>cmisws1[01]<\/servlet-name>.*?<\/servlet>/gs, '')
      .replaceAll(
        /<servlet-mapping>\s*<servlet-name>cmisws1[01]<\/servlet-name>.*?<\/servlet-mapping>/gs,
        '',
      ),
  );
  await edit(join(directory, 'war/WEB-INF/classes/repository.properties'), (text) =>
    text
      .replace(/^RepositoryFiller\.Enable=true/m, 'RepositoryFiller.Enable=false')
      .replaceAll('RepositoryId=A1', 'RepositoryId=proto'),
  );
}

async function edit(file: string, change: (text: string) => string): Promise<void> {
  await writeFile(file, change(await readFile(file, 'utf8')));
}
