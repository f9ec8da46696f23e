import { pino, stdSerializers, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { redact, redactRecord, redactText } from './redact.ts';

export type Logger = PinoLogger;

/** Injection token of the app's logger (see PlatformModule). */
export const LOGGER = Symbol('Logger');

/**
 * JSON lines on stdout, one per event, without secrets.
 * @param name of the app, in every line
 * @param level least important level that is written, `info` by default
 */
export function createLogger(name: string, level = 'info', destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { name },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: redactRecord,
    },
    serializers: { err: serializeError, error: serializeError, cause: serializeError },
    hooks: {
      logMethod(this: PinoLogger, args: Parameters<PinoLogger['info']>, method: PinoLogger['info']) {
        const [first, second, ...rest] = args;
        const message = typeof second === 'string' ? redactText(second) : second;
        method.call(this, typeof first === 'string' ? redactText(first) : first, message, ...rest);
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

function serializeError(error: unknown): unknown {
  return error instanceof Error ? redactRecord({ ...stdSerializers.err(error) }) : redact(error);
}
