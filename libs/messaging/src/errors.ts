import kafkajs from 'kafkajs';

const { KafkaJSNumberOfRetriesExceeded, KafkaJSProtocolError } = kafkajs;

/** The broker's own error type (`REBALANCE_IN_PROGRESS`, `COORDINATOR_LOAD_IN_PROGRESS`), also below kafkajs' wrappers. */
export function brokerErrorType(error: unknown): string | undefined {
  if (error instanceof KafkaJSProtocolError) return error.type;
  if (error instanceof KafkaJSNumberOfRetriesExceeded) return brokerErrorType(error.cause);
  return undefined;
}
