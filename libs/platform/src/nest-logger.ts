import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logging.ts';

/** What Nest itself has to say, through our logger. Its chatter of the start is kept at debug. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.logger.debug({ context: contextOf(rest) }, textOf(message));
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.logger.trace({ context: contextOf(rest) }, textOf(message));
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.logger.debug({ context: contextOf(rest) }, textOf(message));
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.logger.warn({ context: contextOf(rest) }, textOf(message));
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.logger.error(failureOf(message, rest), textOf(message));
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.logger.fatal(failureOf(message, rest), textOf(message));
  }
}

function failureOf(message: unknown, rest: readonly unknown[]): Record<string, unknown> {
  const stack = rest.length > 1 && typeof rest[0] === 'string' ? rest[0] : undefined;
  return {
    context: contextOf(rest),
    ...(message instanceof Error ? { err: message } : stack ? { stack } : {}),
  };
}

function contextOf(rest: readonly unknown[]): string | undefined {
  const last = rest.at(-1);
  return typeof last === 'string' ? last : undefined;
}

function textOf(message: unknown): string {
  if (typeof message === 'string') return message;
  return message instanceof Error ? message.message : JSON.stringify(message);
}
