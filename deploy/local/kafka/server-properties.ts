export interface KafkaAddresses {
  /** Port that clients use, on 127.0.0.1. */
  readonly port: number;
  /** Port that the broker tells its clients to use, where something stands before it; else `port`. */
  readonly advertisedPort?: number;
  readonly controllerPort: number;
  readonly dataDirectory: string;
}

/** Settings of a Kafka of one node (KRaft, broker and controller in one process). */
export function serverSettings(addresses: KafkaAddresses): Record<string, string> {
  const { port, advertisedPort = port, controllerPort, dataDirectory } = addresses;
  return {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${advertisedPort}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': dataDirectory,
    // The default of 9 s is how long a killed broker would keep its own successor out.
    'broker.session.timeout.ms': '3000',
    'broker.heartbeat.interval.ms': '500',
    'num.partitions': '1',
    'default.replication.factor': '1',
    'min.insync.replicas': '1',
    'offsets.topic.replication.factor': '1',
    'offsets.topic.num.partitions': '4',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'transaction.state.log.num.partitions': '2',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    'share.coordinator.state.topic.num.partitions': '1',
    'group.initial.rebalance.delay.ms': '0',
    'auto.create.topics.enable': 'false',
    'log.cleaner.dedupe.buffer.size': '16777216',
  };
}

/** The settings as a properties file. */
export function serverProperties(addresses: KafkaAddresses): string {
  return Object.entries(serverSettings(addresses))
    .map(([name, value]) => `${name}=${escaped(value)}\n`)
    .join('');
}

/** Backslash starts an escape in the values of a Java properties file. */
function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\');
}
