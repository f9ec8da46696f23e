import type { ChildProcess } from 'node:child_process';
import { Kafka, logLevel } from 'kafkajs';
import { hasEnded } from '../processes/started.ts';
import { waitUntil } from '../processes/wait-until.ts';

/**
 * True when the broker answers as a cluster with a controller; false when it ended or did not within 60 s, 180 s where it
 * is a process of ours: on a busy machine it starts slowly.
 */
export async function waitForKafka(brokers: string, child?: ChildProcess): Promise<boolean> {
  const ended = (): boolean => child !== undefined && hasEnded(child);
  const withinMs = child ? 180_000 : 60_000;
  const done = await waitUntil(async () => ended() || (await answersAsCluster(brokers)), withinMs);
  return done && !ended();
}

/** True when one of the brokers (`host:port,…`) answers and knows its controller. */
export async function answersAsCluster(brokers: string): Promise<boolean> {
  const kafka = new Kafka({
    clientId: 'mappa-launcher',
    brokers: brokers.split(','),
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1000,
    requestTimeout: 2000,
    retry: { retries: 0 },
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    const cluster = await admin.describeCluster();
    return cluster.brokers.length > 0 && cluster.controller !== null;
  } catch {
    return false;
  } finally {
    await admin.disconnect().catch(() => {});
  }
}
