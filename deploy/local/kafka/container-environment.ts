import { serverSettings } from './server-properties.ts';

/** Ports inside a container; the one for clients is published under the number that clients use. */
export const containerPorts = { clients: 9092, controller: 9093 } as const;

/**
 * Settings of Kafka as the variables that the official images read: `log.dirs` is KAFKA_LOG_DIRS.
 * `port` is the published port on 127.0.0.1 of the machine.
 */
export function containerEnvironment(port: number, clusterId: string): Record<string, string> {
  const settings = {
    ...serverSettings({
      port,
      controllerPort: containerPorts.controller,
      dataDirectory: '/var/lib/kafka/data',
    }),
    listeners: `PLAINTEXT://0.0.0.0:${containerPorts.clients},CONTROLLER://127.0.0.1:${containerPorts.controller}`,
  };
  const variables = Object.entries(settings).map(([name, value]) => [variable(name), value]);
  return { CLUSTER_ID: clusterId, ...Object.fromEntries(variables) };
}

function variable(property: string): string {
  return `KAFKA_${property.toUpperCase().replaceAll('.', '_')}`;
}
