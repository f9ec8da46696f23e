import kafkajs, { type Producer as KafkaProducer, type RecordMetadata, type TopicMessages } from 'kafkajs';
import type { KafkaClient } from './kafka.ts';

const { Partitioners } = kafkajs;

/**
 * Sends batches, acknowledged by all replicas, each once: it never tries again by itself, because only the caller knows
 * whether it may (its lease, its order). Sends may overlap; on one connection the broker takes them in order. After a
 * failure the next send, once nothing is under way, starts on a fresh connection.
 */
export class Producer {
  private producer: KafkaProducer | undefined;
  private connecting: Promise<KafkaProducer> | undefined;
  private underway = 0;
  private isBroken = false;

  constructor(
    private readonly kafka: KafkaClient,
    /** How long the broker may wait for its replicas. */
    private readonly requestTimeoutMs = 10_000,
  ) {}

  /** @throws kafkajs' error when no broker answers */
  async connect(): Promise<void> {
    await this.connected();
  }

  /**
   * Not split: see `batchesBySize`. Messages of one key keep their order.
   * @throws kafkajs' error; then some of the messages may have been written
   */
  async sendBatch(messagesByTopic: TopicMessages[]): Promise<RecordMetadata[]> {
    const producer = await this.connected();
    this.underway++;
    try {
      return await producer.sendBatch({
        topicMessages: messagesByTopic,
        acks: -1,
        timeout: this.requestTimeoutMs,
      });
    } catch (error) {
      if (producer === this.producer) this.isBroken = true;
      throw error;
    } finally {
      this.underway--;
    }
  }

  async disconnect(): Promise<void> {
    const last = this.producer;
    this.producer = undefined;
    await last?.disconnect();
  }

  private connected(): Promise<KafkaProducer> | KafkaProducer {
    if (this.producer && !(this.isBroken && this.underway === 0)) return this.producer;
    this.connecting ??= this.connectAnew().finally(() => (this.connecting = undefined));
    return this.connecting;
  }

  private async connectAnew(): Promise<KafkaProducer> {
    await this.disconnect().catch(() => undefined);
    const producer = this.kafka.producer({
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: { retries: 0 },
    });
    await producer.connect();
    this.producer = producer;
    this.isBroken = false;
    return producer;
  }
}
