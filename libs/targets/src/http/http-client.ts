import { asKept, say } from '#words';
import { TargetError, type Connection, type Trouble } from '../driver.ts';
import { openAccess } from './access.ts';
import { credentialsOf } from './credentials.ts';
import { NotSent, toDryRequest } from './dry-run.ts';
import { exchange, type HttpRequest } from './exchange.ts';
import { readAnswer, type Effect, type Expected, type Reply } from './read-answer.ts';
import { tellWitness, withoutSecrets } from './witness.ts';

const maxAnswerBytes = 16 * 1024 * 1024;

export interface Ask extends Omit<Partial<HttpRequest>, 'path'> {
  /** Below the address of the connection, with a leading slash, or empty; percent-encoded, with query. */
  readonly path: string;
  readonly effect: Effect;
  /** `status`: the target need say nothing more; without it, JSON is expected. */
  readonly expects?: Expected;
  /** Asks for access: the request or its answer is a secret, which nobody who watches is shown. */
  readonly isSignIn?: boolean;
}

/** 401: nothing was done, because the target does not know us. */
export class NotAuthorized extends TargetError {}

export interface HttpClient {
  /**
   * Waits for its place, sends one request and waits for its whole answer, at most `requestTimeoutMs`.
   * Rejects with TargetError for trouble with the target as a whole (see `readAnswer`), with NotAuthorized for 401.
   */
  ask(request: Ask, signal: AbortSignal): Promise<Reply>;
  close(): Promise<void>;
}

/** Speaks JSON over HTTP to one address, over the connections of the system, or over its own where it is given none. */
export function createHttpClient(
  { address, secret, requestTimeoutMs, access: shared, onDryRequest }: Connection,
  options: { readonly connections: number; readonly accept: string },
): HttpClient {
  const basePath = new URL(address).pathname.replace(/\/+$/, '');
  const limits = { concurrency: options.connections, ratePerSecond: null, requestTimeoutMs };
  const access = shared ?? openAccess(address, limits);

  return {
    async ask(
      { path, effect, expects = 'json', method = 'GET', headers = {}, body = null, isSignIn = false },
      signal,
    ) {
      const request: HttpRequest = {
        method,
        path: below(basePath, path),
        headers: { accept: options.accept, ...headers },
        body,
      };
      if (onDryRequest && effect === 'writes') {
        onDryRequest(toDryRequest(request, secret));
        throw new NotSent();
      }
      access.credentials.note(request.headers['authorization']);
      const leave = await access.turnstile.enter(signal).catch(notInTime);
      try {
        const answer = await exchange(access.dispatcher, request, signal, requestTimeoutMs, maxAnswerBytes);
        tellWitness(request, answer, secret, isSignIn);
        const read = readAnswer(answer, effect, Date.now(), expects);
        if (read.is === 'reply' && read.reply.ok) return read.reply;
        const reason = withoutSecrets(read.is === 'reply' ? read.reply.reason : read.reason, [
          secret,
          credentialsOf(request.headers['authorization']),
        ]);
        if (read.is !== 'reply') throw new TargetError({ ...read, reason });
        if (read.reply.status === 401) throw new NotAuthorized(notAccepted(reason));
        return { ...read.reply, reason };
      } finally {
        leave();
      }
    },
    close: async () => {
      if (!shared) await access.close();
    },
  };
}

function notInTime(): never {
  throw new TargetError({
    is: 'failing',
    reason: asKept(say`it could not be sent in time`),
    aboutSystem: true,
  });
}

/** `/base` and `/x?y` -> `/base/x?y`; nothing and `?y` -> `/?y` */
const below = (basePath: string, path: string): string =>
  basePath || path.startsWith('/') ? basePath + path : `/${path}`;

/** What is said to every step, and by a probe, when the target does not take our credentials. */
export const notAccepted = (reason: string): Trouble => ({
  is: 'failing',
  reason: asKept(say`the credentials are not accepted: ${reason}`),
  aboutSystem: true,
});

const notKnown = 'the credentials are not accepted';

/** Whether it is what `notAccepted` says. */
export const credentialsRefused = ({ reason }: { readonly reason: string }): boolean =>
  reason.startsWith(notKnown);

/** RFC 7617; no header at all where neither user nor secret is set. */
export function basicAuthorization(user: string, secret: string): Record<string, string> {
  if (!user && !secret) return {};
  return { authorization: `Basic ${Buffer.from(`${user}:${secret}`, 'utf8').toString('base64')}` };
}
