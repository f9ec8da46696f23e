import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { succeeds } from '../docker/engine.ts';
import type { Started } from '../processes/started.ts';
import { startLogged } from '../processes/start-logged.ts';
import { containerEnvironment, containerPorts } from './container-environment.ts';
import type { KafkaOptions } from './start-kafka-java.ts';
import { waitForKafka } from './wait-for-kafka.ts';

/**
 * Starts Kafka in a container with a volume of its own, both named after the data directory; a container that a killed
 * launcher left is removed first (its volume stays).
 */
export async function startKafkaInDocker(
  image: string,
  { directory, port, log }: KafkaOptions,
): Promise<Started> {
  const name = containerName(directory);
  mkdirSync(directory, { recursive: true });
  await succeeds(['rm', '--force', name], 15_000);
  const environment = Object.entries(containerEnvironment(port, clusterId(directory)));
  const child = await startLogged({
    command: 'docker',
    args: [
      'run',
      '--rm',
      '--name',
      name,
      '--publish',
      `127.0.0.1:${port}:${containerPorts.clients}`,
      '--volume',
      `${name}:/var/lib/kafka/data`,
      ...environment.flatMap(([variable, value]) => ['--env', `${variable}=${value}`]),
      image,
    ],
    log,
  });
  return {
    name: 'kafka',
    child,
    log,
    stopBy: { signal: 'SIGTERM', graceMs: 10_000 },
    ready: () => waitForKafka(`127.0.0.1:${port}`, child),
  };
}

/** Removes the container and the volume of this data directory, where there are some. */
export async function removeKafkaContainer(directory: string): Promise<void> {
  await succeeds(['rm', '--force', containerName(directory)], 15_000);
  await succeeds(['volume', 'rm', '--force', containerName(directory)], 15_000);
}

function containerName(directory: string): string {
  return `mappa-kafka-${createHash('sha256').update(directory).digest('hex').slice(0, 12)}`;
}

/** A cluster id (16 bytes, base64url) that stays the same for a data directory. */
function clusterId(directory: string): string {
  return createHash('sha256').update(directory).digest().subarray(0, 16).toString('base64url');
}
