import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stopOrphansIn } from '../processes/orphans.ts';
import { runCommand } from '../processes/run-command.ts';
import type { Started } from '../processes/started.ts';
import { startLogged } from '../processes/start-logged.ts';
import { kafkaClassPath } from './kafka-jars.ts';
import { serverProperties, type KafkaAddresses } from './server-properties.ts';
import { waitForKafka } from './wait-for-kafka.ts';

export interface KafkaOptions extends Omit<KafkaAddresses, 'dataDirectory'> {
  readonly directory: string;
  readonly log: string;
}

/** Starts Apache Kafka from its jars, with its data in `directory`; what a killed launcher left there is stopped first. */
export async function startKafkaOnJava(options: KafkaOptions): Promise<Started> {
  const { directory, log, ...addresses } = options;
  const classPath = await kafkaClassPath();
  const dataDirectory = join(directory, 'data');
  const properties = join(directory, 'server.properties');
  mkdirSync(directory, { recursive: true });
  await stopOrphansIn(directory, 'SIGTERM');
  writeFileSync(properties, serverProperties({ ...addresses, dataDirectory }));
  await format(directory, classPath, properties, log);
  const child = await startLogged({
    command: 'java',
    args: [
      '-Xmx512m',
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      '-Djava.awt.headless=true',
      '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
      '-Dorg.slf4j.simpleLogger.showDateTime=true',
      '-cp',
      classPath,
      'kafka.Kafka',
      properties,
    ],
    cwd: directory,
    log,
  });
  return {
    name: 'kafka',
    child,
    log,
    stopBy: { signal: 'SIGTERM', graceMs: 8000 },
    ready: () => waitForKafka(`127.0.0.1:${options.port}`, child),
  };
}

/** Gives the data directory its cluster id, once; a killed attempt is repeated. */
async function format(directory: string, classPath: string, properties: string, log: string): Promise<void> {
  const done = join(directory, 'formatted');
  if (existsSync(done)) return;
  const clusterId = randomBytes(16).toString('base64url');
  const tool = ['-XX:TieredStopAtLevel=1', '-cp', classPath, 'kafka.tools.StorageTool', 'format'];
  await runCommand('java', [...tool, '--ignore-formatted', `--cluster-id=${clusterId}`, '-c', properties], {
    log,
  });
  writeFileSync(done, clusterId);
}
