import { Kafka, logLevel } from 'kafkajs';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { freshDatabase } from './database.ts';
import { brokers, uniqueName } from './kafka.ts';

test('a fresh database is an empty PostgreSQL 18 and goes when dropped', async () => {
  const database = await freshDatabase('support');
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<{ server_version: string }>('show server_version');
  expect(rows[0]?.server_version).toMatch(/^18\./);
  await client.query('create extension btree_gist');
  await client.end();
  await database.drop();
});

test('the broker keeps a topic that a test creates', async () => {
  const admin = new Kafka({ brokers: brokers(), logLevel: logLevel.NOTHING }).admin();
  const topic = uniqueName('support');
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 2 }], waitForLeaders: true });
  expect(await admin.listTopics()).toContain(topic);
  await admin.disconnect();
});
