import type { KafkaMessage } from 'kafkajs';
import type { Producer } from './producer.ts';

export function deadLetterTopic(topic: string): string {
  return `${topic}.dead-letters`;
}

/**
 * Puts aside what can never be read: the message as it was, with the headers `dead-letter-reason` and
 * `dead-letter-origin` (`partition:offset`). Resolves when it is stored, so that the caller may go on.
 */
export function deadLetter(producer: Pick<Producer, 'sendBatch'>, topic: string) {
  return async (
    partition: number,
    { key, value, headers, offset }: KafkaMessage,
    reason: string,
  ): Promise<void> => {
    const message = {
      key,
      value,
      headers: {
        ...headers,
        'dead-letter-reason': Buffer.from(reason),
        'dead-letter-origin': Buffer.from(`${partition}:${offset}`),
      },
    };
    await producer.sendBatch([{ topic: deadLetterTopic(topic), messages: [message] }]);
  };
}
