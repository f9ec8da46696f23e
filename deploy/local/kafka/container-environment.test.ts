import { expect, test } from 'vitest';
import { containerEnvironment } from './container-environment.ts';

test('settings become variables, and clients are told the published port', () => {
  const environment = containerEnvironment(7350, 'id');
  expect(environment).toMatchObject({
    CLUSTER_ID: 'id',
    KAFKA_NODE_ID: '1',
    KAFKA_ADVERTISED_LISTENERS: 'PLAINTEXT://127.0.0.1:7350',
    KAFKA_LISTENERS: 'PLAINTEXT://0.0.0.0:9092,CONTROLLER://127.0.0.1:9093',
    KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
  });
});
