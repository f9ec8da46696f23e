import { Client } from 'pg';
import { backoffMs, waitOrStop } from '../backoff.ts';
import type { Logger } from '../logging.ts';
import { identifier, sql } from './sql.ts';

export interface ListenOptions {
  readonly applicationName?: string;
  readonly logger?: Logger;
  /** Each time that it begins to listen. */
  readonly onListening?: () => void;
  /** Each time that the connection broke: nothing is heard until it listens again. */
  readonly onLost?: () => void;
}

/** Called with the payload of each notification, and with `undefined` after each reconnection, when some may have been missed. */
export type OnNotify = (payload: string | undefined) => void;

/**
 * Holds one connection that listens on a channel, and makes a new one whenever it breaks, until the signal.
 * @returns when it listens for the first time (or was told to stop)
 */
export async function listen(
  url: string,
  channel: string,
  onNotify: OnNotify,
  signal: AbortSignal,
  options: ListenOptions = {},
): Promise<void> {
  const { promise: listening, resolve } = Promise.withResolvers<void>();
  void keepListening(resolve);
  return listening;

  async function keepListening(isListening: () => void): Promise<void> {
    for (let failures = 0, first = true; !signal.aborted;) {
      const heard = await listenOnce(url, channel, onNotify, signal, options, () => {
        options.onListening?.();
        if (!first) onNotify(undefined);
        first = false;
        failures = 0;
        isListening();
      });
      options.onLost?.();
      if (signal.aborted) break;
      options.logger?.warn({ err: heard, channel }, 'not listening to the database; connecting again');
      await waitOrStop(backoffMs(++failures, { firstMs: 100, longestMs: 2_000 }), signal);
    }
    isListening();
  }
}

/** Does some work while it listens, until the work ends; `work` is given the signal that tells it to stop. */
export async function whileListening(
  url: string,
  channel: string,
  onNotify: OnNotify,
  signal: AbortSignal,
  options: ListenOptions,
  work: (stop: AbortSignal) => Promise<void>,
): Promise<void> {
  const ended = new AbortController();
  const stop = AbortSignal.any([signal, ended.signal]);
  try {
    await listen(url, channel, onNotify, stop, options);
    await work(stop);
  } finally {
    ended.abort();
  }
}

/** @returns why it ended: the error of the connection, or undefined when told to stop */
async function listenOnce(
  url: string,
  channel: string,
  onNotify: OnNotify,
  signal: AbortSignal,
  { applicationName = 'listen' }: ListenOptions,
  onListening: () => void,
): Promise<unknown> {
  const client = new Client({
    connectionString: url,
    application_name: applicationName,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: 5_000,
  });
  const { promise: ended, resolve: end } = Promise.withResolvers<unknown>();
  const stop = (): void => end(undefined);
  client.on('error', end);
  client.on('end', () => end(new Error('the connection was closed')));
  client.on('notification', ({ payload }) => onNotify(payload ?? ''));
  signal.addEventListener('abort', stop, { once: true });
  try {
    await client.connect();
    await client.query(sql`listen ${identifier(channel)}`.text);
    if (!signal.aborted) onListening();
    return await ended;
  } catch (error) {
    return error;
  } finally {
    signal.removeEventListener('abort', stop);
    await client.end().catch(() => undefined);
  }
}
