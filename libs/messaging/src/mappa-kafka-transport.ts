import {
  BaseRpcContext,
  Server,
  type CustomTransportStrategy,
  type MessageHandler,
} from '@nestjs/microservices';
import type { Registry } from 'prom-client';
import { isObservable, lastValueFrom } from 'rxjs';
import { consumeBatches, type Consumption } from './consume-batches.ts';
import type { ConsumeOptions, MessageBatch } from './consume-options.ts';
import { exposeConsumption } from './consumer-metrics.ts';

export type TransportOptions = Omit<ConsumeOptions, 'topics' | 'handle' | 'signal'> & {
  readonly registry?: Registry;
};

/** `@Ctx()` of a handler: stops long work when the app stops. */
export class BatchContext extends BaseRpcContext<[AbortSignal]> {
  get signal(): AbortSignal {
    return this.getArgByIndex(0);
  }
}

/**
 * `@OnTopic('topic')` handlers get whole batches: `@Payload() batch: MessageBatch`. A handler that fails in any way
 * (throws, rejects, answers an Observable that errors) gets the same batch again after a pause; nothing is committed
 * before it has succeeded. Attach it by `connectTransport`, so that the cause of a failure is not masked.
 */
export class MappaKafkaTransport extends Server implements CustomTransportStrategy {
  override readonly transportId = Symbol('mappa-kafka');
  override readonly propagatesEventHandlerErrors = true;
  private readonly stopping = new AbortController();
  private running: Consumption | undefined;

  constructor(private readonly options: TransportOptions) {
    super();
  }

  /** Undefined until the microservice is started. */
  get consumption(): Consumption | undefined {
    return this.running;
  }

  override addHandler(pattern: unknown, handler: MessageHandler, isEventHandler = false, extras = {}): void {
    if (!isEventHandler) throw new Error('Kafka carries events only: use @EventPattern');
    if (typeof pattern !== 'string' || this.messageHandlers.has(pattern)) {
      throw new Error(`A pattern is a topic with one handler; this is not: ${JSON.stringify(pattern)}`);
    }
    super.addHandler(pattern, handler, isEventHandler, extras);
  }

  listen(callback: () => void): void {
    const topics = [...this.messageHandlers.keys()];
    if (topics.length) {
      const handle = (batch: MessageBatch, signal: AbortSignal): Promise<void> =>
        this.dispatch(batch, signal);
      this.running = consumeBatches({ ...this.options, topics, handle, signal: this.stopping.signal });
      if (this.options.registry) exposeConsumption(this.options.registry, this.options.groupId, this.running);
    }
    callback();
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await this.running?.finished;
  }

  on(): never {
    throw new Error('This transport has no events of its own; read `consumption`');
  }

  unwrap(): never {
    throw new Error('Use the KafkaClient that this transport was given');
  }

  private async dispatch(batch: MessageBatch, signal: AbortSignal): Promise<void> {
    const handler = this.getHandlerByPattern(batch.topic);
    if (!handler) throw new Error(`No handler for the topic ${batch.topic}`);
    const answer: unknown = await handler(batch, new BatchContext([signal]));
    // A handler that throws resolves to an Observable, whose error shows only to a subscriber.
    if (isObservable(answer)) await lastValueFrom(answer, { defaultValue: undefined });
  }
}
