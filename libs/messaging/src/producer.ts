import type { Producer as KafkaProducer, RecordMetadata, TopicMessages } from 'kafkajs';
import type { KafkaClient } from './kafka.ts';
import { partitionByKey } from './partition-by-key.ts';

const neverMs = 2 ** 31;

/**
 * Sends batches, acknowledged by all replicas, each once: it never tries again by itself, because only the caller knows
 * whether it may (its lease, its order).
 *
 * Sends may overlap, and reach the broker in the order of the calls. kafkajs does not keep that order by itself (a batch
 * with fewer partitions is encoded sooner, a lookup of metadata delays), so each send waits until the one before it is
 * on the socket:
 * 1. The first send to a topic on a connection has things to look up: it is on the socket for certain when answered.
 * 2. A later one has nothing to wait for but promises, so it is on the socket when the event loop comes round.
 * 3. Metadata never expire; a leader that moved is a failed send, as any other.
 * 4. After a failure, once nothing is under way, the next send starts on a fresh connection.
 */
export class Producer {
  private producer: KafkaProducer | undefined;
  private previous: Promise<unknown> = Promise.resolve();
  private readonly knownTopics = new Set<string>();
  private underway = 0;
  private isBroken = false;

  constructor(
    private readonly kafka: KafkaClient,
    /** How long the broker may wait for its replicas. */
    private readonly requestTimeoutMs = 10_000,
  ) {}

  /** @throws kafkajs' error when no broker answers */
  connect(): Promise<void> {
    return this.inTurn(async () => void (await this.connected()));
  }

  /**
   * Not split: see `batchesBySize`.
   * @throws kafkajs' error; then some of the messages may have been written
   */
  sendBatch(messagesByTopic: TopicMessages[]): Promise<RecordMetadata[]> {
    return this.inTurn(async (onSocket) => {
      const producer = await this.connected();
      this.underway++;
      try {
        const sending = producer.sendBatch({
          topicMessages: messagesByTopic,
          acks: -1,
          timeout: this.requestTimeoutMs,
        });
        if (messagesByTopic.every(({ topic }) => this.knownTopics.has(topic))) setImmediate(onSocket);
        const sent = await sending;
        if (producer === this.producer) for (const { topic } of messagesByTopic) this.knownTopics.add(topic);
        return sent;
      } catch (error) {
        if (producer === this.producer) this.isBroken = true;
        throw error;
      } finally {
        this.underway--;
      }
    });
  }

  disconnect(): Promise<void> {
    return this.inTurn(() => this.drop());
  }

  /** Begins when everything called before is on the socket, which `work` tells of itself by `onSocket` or by its end. */
  private inTurn<T>(work: (onSocket: () => void) => Promise<T>): Promise<T> {
    const { promise: onSocket, resolve } = Promise.withResolvers<void>();
    const done = this.previous.then(() => work(resolve)).finally(resolve);
    this.previous = onSocket;
    return done;
  }

  private async connected(): Promise<KafkaProducer> {
    if (this.producer && !(this.isBroken && this.underway === 0)) return this.producer;
    await this.drop().catch(() => undefined);
    const producer = this.kafka.producer({
      allowAutoTopicCreation: false,
      createPartitioner: partitionByKey,
      metadataMaxAge: neverMs,
      retry: { retries: 0 },
    });
    await producer.connect();
    this.isBroken = false;
    this.producer = producer;
    return producer;
  }

  private async drop(): Promise<void> {
    const { producer } = this;
    this.producer = undefined;
    this.knownTopics.clear();
    await producer?.disconnect();
  }
}
