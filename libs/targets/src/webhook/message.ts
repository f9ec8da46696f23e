import { randomUUID } from 'node:crypto';
import type { Step } from '../driver.ts';

/** One webhook message: the same id and the same body however often it is sent. */
export interface Message {
  readonly id: string;
  readonly body: string;
}

/** @param type full-stop delimited, as Standard Webhooks has it; @param at milliseconds since 1970 */
export function newMessage(type: string, data: unknown, at: number): Message {
  const body = JSON.stringify({ type, timestamp: new Date(at).toISOString(), data });
  return { id: `msg_${randomUUID().replaceAll('-', '')}`, body };
}

/** The whole record, so that a receiver needs nothing that it was told before. */
export function recordData({ key, content }: Step): Readonly<Record<string, unknown>> {
  const { code, title, parent, level, active, validTo } = content;
  return { id: key, code, title, parent, level, active, validTo };
}
