import type { MessagingLogger } from './kafka.ts';

const ignore = (): void => undefined;

export const silent: MessagingLogger = { debug: ignore, info: ignore, warn: ignore, error: ignore };
