import { z } from 'zod';
import { TargetError, type Connection } from '../driver.ts';
import { NotAuthorized, notAccepted, type Ask, type HttpClient } from '../http/http-client.ts';
import type { Reply } from '../http/read-answer.ts';
import { understand } from '../http/understand.ts';

const granted = z.looseObject({ access_token: z.string().min(1) });

export interface Session {
  /** As `HttpClient.ask`, with our token. A token that is not accepted any more is replaced once, and the request repeated. */
  ask(request: Ask, signal: AbortSignal): Promise<Reply>;
}

/**
 * OAuth 2.0 client credentials (RFC 6749, 4.4): the user of the connection is the client id. The token is kept, for all
 * targets of the system, until the CRM refuses it. `instance_url` of the answer is not followed: a target has one address.
 */
export function openSession(http: HttpClient, { user, secret, access }: Connection): Session {
  const tokens = access?.tokens ?? new Map<string, Promise<string>>();

  const fetchToken = async (signal: AbortSignal): Promise<string> => {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: user,
      client_secret: secret,
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const request = {
      method: 'POST',
      path: '/services/oauth2/token',
      headers,
      body: body.toString(),
      effect: 'reads',
    } as const;
    const reply = await http.ask(request, signal);
    if (!reply.ok) throw new TargetError(notAccepted(reply.reason));
    return understand(granted, reply, 'reads').access_token;
  };

  const currentToken = async (signal: AbortSignal): Promise<string> => {
    const asked = tokens.get(user) ?? fetchToken(signal);
    tokens.set(user, asked);
    try {
      return await asked;
    } catch (error) {
      if (tokens.get(user) === asked) tokens.delete(user);
      throw error;
    }
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
        if ((await tokens.get(user)?.catch(() => null)) === first) tokens.delete(user);
        return withToken(await currentToken(signal));
      }
    },
  };
}
