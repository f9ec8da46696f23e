import {
  deadLetter,
  deadLetterTopic,
  ensureTopics,
  Producer,
  type KafkaClient,
  type MessageBatch,
} from '#messaging';
import type { Logger } from '#platform';
import type { ReadBatch } from './read-batch.ts';

/** Messages that can never be read, kept as they were with the reason, so that the others go on. */
export class DeadLetters {
  private readonly producer: Producer;

  constructor(
    private readonly kafka: KafkaClient,
    private readonly replicationFactor: number,
    private readonly logger: Logger,
  ) {
    this.producer = new Producer(kafka);
  }

  /** Resolves when all of them are stored. */
  async putAside(
    { topic, partition }: MessageBatch,
    unreadable: ReadBatch<unknown>['unreadable'],
  ): Promise<void> {
    if (unreadable.length === 0) return;
    const { replicationFactor } = this;
    await ensureTopics(this.kafka, [{ topic: deadLetterTopic(topic), partitions: 1, replicationFactor }]);
    const send = deadLetter(this.producer, topic);
    for (const { message, reason } of unreadable) {
      this.logger.warn({ topic, partition, offset: message.offset, reason }, 'a message cannot be read');
      await send(partition, message, reason);
    }
  }

  async close(): Promise<void> {
    await this.producer.disconnect();
  }
}
