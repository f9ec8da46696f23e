import { z } from 'zod';
import { TargetError, type Connection } from '../driver.ts';
import { NotAuthorized, notAccepted, type Ask, type HttpClient } from './http-client.ts';
import type { Reply } from './read-answer.ts';
import { understand } from './understand.ts';

const granted = z.looseObject({ access_token: z.string().min(1) });

export interface Session {
  /** As `HttpClient.ask`, with our token. A token that is not accepted any more is replaced once, and the request repeated. */
  ask(request: Ask, signal: AbortSignal): Promise<Reply>;
}

/** Where tokens are given. */
export interface TokenEndpoint {
  /** Of the host that gives tokens; it may be another one than the target's. */
  readonly http: HttpClient;
  /** Below the address of `http`. */
  readonly path: string;
  /** Names the endpoint among all that the targets of a system use. */
  readonly name: string;
  readonly scope: string | null;
}

/**
 * OAuth 2.0 client credentials (RFC 6749, 4.4): the user of the connection is the client id. The token is kept, for all
 * targets of the system, until the target refuses it. Where the answer names another instance, it is not followed.
 */
export function openSession(
  http: HttpClient,
  { user, secret, access }: Connection,
  endpoint: TokenEndpoint,
): Session {
  const tokens = access?.tokens ?? new Map<string, Promise<string>>();
  const mine = JSON.stringify([endpoint.name, endpoint.scope, user]);

  const fetchToken = async (signal: AbortSignal): Promise<string> => {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: user,
      client_secret: secret,
    });
    if (endpoint.scope !== null) form.set('scope', endpoint.scope);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const request = { method: 'POST', path: endpoint.path, headers, body: form.toString() } as const;
    const reply = await endpoint.http.ask({ ...request, effect: 'reads', isSignIn: true }, signal);
    if (!reply.ok) throw new TargetError(notAccepted(reply.reason));
    return understand(granted, reply, 'reads').access_token;
  };

  const currentToken = (signal: AbortSignal): Promise<string> => {
    const known = tokens.get(mine);
    if (known) return known;
    const asked = fetchToken(signal).catch((error: unknown) => {
      if (tokens.get(mine) === asked) tokens.delete(mine);
      throw error;
    });
    tokens.set(mine, asked);
    return asked;
  };

  return {
    async ask(request, signal) {
      const withToken = (current: string): Promise<Reply> =>
        http.ask({ ...request, headers: { ...request.headers, authorization: `Bearer ${current}` } }, signal);
      const first = await currentToken(signal);
      try {
        return await withToken(first);
      } catch (error) {
        if (!(error instanceof NotAuthorized)) throw error;
        if ((await tokens.get(mine)?.catch(() => null)) === first) tokens.delete(mine);
        return withToken(await currentToken(signal));
      }
    },
  };
}
