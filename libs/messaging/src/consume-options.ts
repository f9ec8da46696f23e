import type { KafkaMessage } from 'kafkajs';
import type { KafkaClient, MessagingLogger } from './kafka.ts';
import type { Pauses } from './pause.ts';

export interface MessageBatch {
  readonly topic: string;
  readonly partition: number;
  /** At least one, in the order of the partition. */
  readonly messages: readonly KafkaMessage[];
  /** Offset that the next message written to the partition will get. */
  readonly highWatermark: number;
}

export interface Progress {
  readonly topic: string;
  readonly partition: number;
  /** Next offset to be read. */
  readonly offset: number;
  /** Messages of the partition that are not handled yet. */
  readonly lag: number;
}

export interface ConsumeOptions {
  readonly kafka: KafkaClient;
  readonly groupId: string;
  readonly topics: readonly string[];
  /** Where a group without a position begins; true by default. */
  readonly fromBeginning?: boolean;
  /** Its batch is committed when this resolves, and given again, after a pause, when it rejects: never skipped. */
  readonly handle: (batch: MessageBatch, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  readonly logger: MessagingLogger;
  readonly onProgress?: (progress: Progress) => void;
  /** A consumer that has not asked the broker for so long, with no handler at work, is replaced. 60 s by default. */
  readonly maxPollAgeMs?: number;
  /** Between two attempts at a batch, and between two consumers. */
  readonly pauses?: Pauses;
  /**
   * A member that was killed, or whose broker was, holds its partitions for so long (kafkajs has no static membership).
   * 6 s by default, the least that brokers allow.
   */
  readonly sessionTimeoutMs?: number;
  /** 1.5 s by default; beats on while a handler is at work. */
  readonly heartbeatMs?: number;
  /** Partitions handled side by side; 1 by default. */
  readonly concurrency?: number;
}
