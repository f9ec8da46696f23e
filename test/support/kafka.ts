import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';

/** Addresses of the broker that tests share. Topics are not created by themselves. */
export function brokers(): string[] {
  return inject('kafkaBrokers').split(',');
}

/** A name for a topic or consumer group that no other test uses. */
export function uniqueName(prefix: string): string {
  return `${prefix}-${randomBytes(4).toString('hex')}`;
}
