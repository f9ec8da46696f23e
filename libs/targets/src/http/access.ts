import { Pool, type Dispatcher } from 'undici';
import { lookupBeyondLink } from './link-local.ts';
import { Credentials } from './credentials.ts';
import { Turnstile } from './turnstile.ts';

/** What is shared by all targets of a system: connections that are kept open, sign-ins, and the system's limits. */
export interface Access {
  readonly dispatcher: Dispatcher;
  /** Access tokens by what they were asked for; a promise, so that a thousand targets sign in once. */
  readonly tokens: Map<string, Promise<string>>;
  /** What proved who we are in requests that were sent, as long as a target may quote it. */
  readonly credentials: Credentials;
  /** Lets requests in one by one, within the limits. */
  readonly turnstile: Turnstile;
  /** Cuts off what is under way. */
  close(): Promise<void>;
}

export interface AccessLimits {
  /** Requests at the same time. */
  readonly concurrency: number;
  /** null: as many as are answered. */
  readonly ratePerSecond: number | null;
  readonly requestTimeoutMs: number;
}

/** @param address of the system; only its origin counts */
export function openAccess(
  address: string,
  { concurrency, ratePerSecond, requestTimeoutMs }: AccessLimits,
): Access {
  const pool = new Pool(new URL(address).origin, {
    connections: concurrency,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: requestTimeoutMs, lookup: lookupBeyondLink },
  });
  return {
    dispatcher: pool,
    tokens: new Map(),
    credentials: new Credentials(),
    turnstile: new Turnstile(concurrency, ratePerSecond),
    close: () => pool.destroy(),
  };
}
