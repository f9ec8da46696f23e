import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { text } from './messages.mjs';

/**
 * What `npm start` cannot install by itself: Java 17 with Maven, or a Docker engine, for Kafka. Answers within about a
 * second with a text for people, or undefined when nothing is missing.
 *
 * @param {string} cache folder of prepared software; Maven is not needed when Kafka's jars are there
 */
export async function missingToStart(cache) {
  if (process.env.KAFKA_BROKERS) return undefined;
  const docker = succeeds('docker', ['version', '--format', '{{.Server.Version}}']);
  const missing = await missingJava(existsSync(`${cache}/kafka-4.3.1/.ready`));
  return missing.length === 0 || (await docker) ? undefined : text('missingToStart', explain(missing));
}

/**
 * What the tests need besides: the real CMIS and SCIM servers run on Java and Python, with Docker or without; toxiproxy is
 * built by Go.
 *
 * @param {string} cache
 */
export async function missingToTest(cache) {
  const prepared = ['kafka-4.3.1', 'opencmis-1.1.0'].every((name) => existsSync(`${cache}/${name}/.ready`));
  const [java, python, go] = await Promise.all([
    missingJava(prepared),
    succeeds('python3', ['-c', 'import venv, ensurepip']),
    existsSync(`${cache}/toxiproxy-2.5.0/.ready`) || succeeds('go', ['version']),
  ]);
  const missing = [
    ...java,
    ...(python ? [] : [{ what: 'Python 3 (venv)', apt: 'python3-venv', brew: 'python' }]),
    ...(go ? [] : [{ what: 'Go', apt: 'golang-go', brew: 'go' }]),
  ];
  return missing.length === 0 ? undefined : text('missingToTest', explain(missing));
}

/** @param {boolean} prepared true when Maven has nothing left to bring */
async function missingJava(prepared) {
  const [version, maven] = await Promise.all([javaVersion(), prepared || succeeds('mvn', ['-version'])]);
  const missing = [];
  if (version < 17) missing.push({ what: 'Java 17', apt: 'openjdk-17-jre-headless', brew: 'openjdk@17' });
  if (!maven) missing.push({ what: 'Maven', apt: 'maven', brew: 'maven' });
  return missing;
}

function explain(missing) {
  const packages = missing.map(({ apt, brew }) => (process.platform === 'darwin' ? brew : apt)).join(' ');
  const command =
    process.platform === 'darwin' ? `brew install ${packages}` : `sudo apt-get install ${packages}`;
  return { what: missing.map(({ what }) => what).join(', '), command };
}

async function javaVersion() {
  const { output } = await run('java', ['-version']);
  return Number(/version "(\d+)/.exec(output)?.[1] ?? 0);
}

async function succeeds(command, args) {
  return (await run(command, args)).code === 0;
}

/** @returns {Promise<{ code: number | null, output: string }>} */
function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      // On a busy machine Python alone may take 4 s to start.
      timeout: 30_000,
      killSignal: 'SIGKILL',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
    child.once('error', () => resolve({ code: null, output }));
    child.once('close', (code) => resolve({ code, output }));
  });
}
