import { EventPattern } from '@nestjs/microservices';
import type { BatchContext } from './mappa-kafka-transport.ts';
import type { MessageBatch } from './consume-options.ts';

type TopicHandler = (batch: MessageBatch, context: BatchContext) => unknown;

/**
 * `@EventPattern` for a topic: the method gets whole batches (`@Payload() batch: MessageBatch`). Its own type, because
 * the one of Nest 12 refuses every handler under `exactOptionalPropertyTypes`.
 */
export function OnTopic(topic: string) {
  const subscribe: MethodDecorator = EventPattern(topic, undefined);
  return <Handler extends TopicHandler>(
    target: object,
    method: string | symbol,
    descriptor: TypedPropertyDescriptor<Handler>,
  ): void => {
    subscribe(target, method, descriptor);
  };
}
