import { asKept, say } from '#words';
import { z } from 'zod';
import { TargetError, type Connection } from '../driver.ts';
import { NotAuthorized, type HttpClient } from '../http/http-client.ts';
import type { Effect, Reply } from '../http/read-answer.ts';
import { understand } from '../http/understand.ts';
import { shortened } from '../http/words.ts';

/**
 * What Tryton said to a call. `refused`: in its words for the user; `conflict`: somebody wrote the record meanwhile. Either way the
 * whole call was undone.
 */
export type Called<T> =
  | { readonly is: 'result'; readonly value: T }
  | { readonly is: 'refused' | 'conflict'; readonly reason: string };

export interface Rpc {
  /** Signs in first, and once more where the session is dead. Rejects with TargetError for trouble. */
  call<T>(
    method: string,
    params: readonly unknown[],
    schema: z.ZodType<T>,
    effect: Effect,
    signal: AbortSignal,
  ): Promise<Called<T>>;
}

/** Errors come with status 200: a user error has its message first, others are the exception and its trace. */
const exception = z.tuple([z.string()]).rest(z.unknown());
const answer = z.union([z.looseObject({ error: exception }), z.looseObject({ result: z.unknown() })]);
const signedIn = z.tuple([z.int(), z.string().min(1)]).rest(z.unknown());
const userWords = z.tuple([z.string()]).rest(z.unknown());

/** JSON-RPC of Tryton, over `http`; the session is kept for all targets of the system. */
export function openRpc(http: HttpClient, path: string, { user, secret, access }: Connection): Rpc {
  const sessions = access?.tokens ?? new Map<string, Promise<string>>();
  const mine = `tryton ${path} ${user}`;

  const post = (
    method: string,
    params: readonly unknown[],
    effect: Effect,
    signal: AbortSignal,
    session?: string,
  ): Promise<Reply> => {
    const headers = {
      'content-type': 'application/json',
      ...(session === undefined ? {} : { authorization: `Session ${session}` }),
    };
    const body = JSON.stringify({ id: 1, method, params });
    const isSignIn = session === undefined;
    return http.ask({ method: 'POST', path, headers, body, effect, isSignIn }, signal);
  };

  const signIn = async (signal: AbortSignal): Promise<string> => {
    const params = [user, { password: secret }, 'en'];
    const granted = judge(await post('common.db.login', params, 'reads', signal), signedIn, 'reads');
    if (granted.is !== 'result')
      throw new TargetError({ is: 'failing', reason: granted.reason, aboutSystem: true });
    const [id, token] = granted.value;
    return Buffer.from(`${user}:${id}:${token}`, 'utf8').toString('base64');
  };

  const session = async (signal: AbortSignal): Promise<string> => {
    const asked = sessions.get(mine) ?? signIn(signal);
    sessions.set(mine, asked);
    try {
      return await asked;
    } catch (error) {
      if (sessions.get(mine) === asked) sessions.delete(mine);
      throw error;
    }
  };

  return {
    async call(method, params, schema, effect, signal) {
      const first = await session(signal);
      try {
        return judge(await post(method, params, effect, signal, first), schema, effect);
      } catch (error) {
        if (!(error instanceof NotAuthorized)) throw error;
        if ((await sessions.get(mine)?.catch(() => null)) === first) sessions.delete(mine);
        return judge(await post(method, params, effect, signal, await session(signal)), schema, effect);
      }
    },
  };
}

/** @throws TargetError for what is not about the records of the call */
function judge<T>(reply: Reply, schema: z.ZodType<T>, effect: Effect): Called<T> {
  if (!reply.ok) {
    if (reply.status === 413) return { is: 'refused', reason: reply.reason };
    throw new TargetError({ is: 'failing', reason: reply.reason });
  }
  const said = understand(answer, reply, effect);
  if (!('error' in said))
    return { is: 'result', value: understand(schema, { ...reply, body: said.result }, effect) };
  const [type, detail] = understand(exception, { ...reply, body: said.error }, effect);
  if (type === 'UserError' || type === 'UserWarning')
    return { is: 'refused', reason: shortened(userWords.safeParse(detail).data?.[0] ?? type) };
  if (type === 'ConcurrencyException')
    return { is: 'conflict', reason: asKept(say`somebody else is writing the record`) };
  throw new TargetError({ is: 'failing', reason: asKept(say`Tryton failed: ${shortened(type)}`) });
}
