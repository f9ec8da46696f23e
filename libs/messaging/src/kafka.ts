import kafkajs, { type Kafka as KafkaClient, type LogEntry } from 'kafkajs';

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
  return new Kafka({
    brokers: [...brokers],
    clientId,
    connectionTimeout: connectionTimeoutMs,
    requestTimeout: requestTimeoutMs,
    logLevel: logLevel.INFO,
    logCreator: () => (entry) => writeLog(logger, entry),
  });
}

/** What kafkajs calls an error it tries again, or we do: for us a warning. Its news of every start is detail. */
function writeLog(logger: MessagingLogger, { namespace, level, log }: LogEntry): void {
  const { message, timestamp: _, logger: __, ...fields } = log;
  const text = `kafkajs ${namespace}: ${message}`;
  if (level === logLevel.ERROR || level === logLevel.WARN) logger.warn(fields, text);
  else logger.debug(fields, text);
}
