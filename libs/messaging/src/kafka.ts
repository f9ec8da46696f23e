import kafkajs, { type Kafka as KafkaClient, type LogEntry } from 'kafkajs';
import { restIdleQueues } from './rest-idle-queues.ts';

const { Kafka, logLevel } = kafkajs;

export type { KafkaClient };

/** Where this library says what happens; pino's logger fits. */
export interface MessagingLogger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface KafkaOptions {
  /** A request without an answer for so long has failed; 10 s by default. */
  readonly requestTimeoutMs?: number;
  readonly connectionTimeoutMs?: number;
}

/**
 * @param brokers `host:port`
 * @param clientId how the broker's logs name us
 */
export function createKafka(
  brokers: readonly string[],
  clientId: string,
  logger: MessagingLogger,
  { requestTimeoutMs = 10_000, connectionTimeoutMs = 3_000 }: KafkaOptions = {},
): KafkaClient {
  restIdleQueues();
  return new Kafka({
    brokers: [...brokers],
    clientId,
    connectionTimeout: connectionTimeoutMs,
    requestTimeout: requestTimeoutMs,
    // The callers try again, each in its own way; here only long enough to get past a moment's weakness.
    retry: { retries: 2, initialRetryTime: 100, maxRetryTime: 500 },
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => writeLog(logger, entry),
  });
}

/** kafkajs tells of each attempt to connect, several a second while a broker is away. What matters, our loops say themselves. */
function writeLog(logger: MessagingLogger, { namespace, log }: LogEntry): void {
  const { message, timestamp: _, logger: __, ...fields } = log;
  logger.debug(fields, `kafkajs ${namespace}: ${message}`);
}
