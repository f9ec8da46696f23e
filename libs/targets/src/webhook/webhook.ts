import { asKept, say } from '#words';
import { TargetError, type Answer, type Connection, type Driver } from '../driver.ts';
import { createHttpClient } from '../http/http-client.ts';
import type { Reply } from '../http/read-answer.ts';
import { inOrder } from '../writing/in-order.ts';
import { inParallel } from '../writing/in-parallel.ts';
import { probed } from '../writing/probed.ts';
import { newMessage, type Message } from './message.ts';
import { Outbox } from './outbox.ts';
import { webhookSettings } from './settings.ts';
import { sign, signingKeys } from './signature.ts';

/**
 * Anything that takes messages by Standard Webhooks: one signed `mappa.record` for each record, which says all of it.
 *
 * A receiver has no ids of its own: our key is the id, and a message makes the record whether it was there or not. What
 * it holds cannot be read, so nothing here is ever `gone`, and drift is not seen.
 *
 * @throws ZodError for settings that are not of `webhookSettings`
 */
export function createWebhookDriver(connection: Connection): Driver {
  const settings = webhookSettings.parse(connection.settings);
  const http = createHttpClient(connection, { connections: settings.concurrency, accept: '*/*' });
  const keys = signingKeys(connection.secret);
  const outbox = new Outbox();

  const send = (message: Message, signal: AbortSignal): Promise<Reply> => {
    if (!keys) throw new TargetError(secretUnusable);
    const timestamp = Math.floor(Date.now() / 1000);
    const headers = {
      'content-type': 'application/json',
      'webhook-id': message.id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': sign(keys, message.id, timestamp, message.body),
    };
    const request = { method: 'POST', path: '', headers, body: message.body } as const;
    return http.ask({ ...request, effect: 'writes', expects: 'status' }, signal);
  };

  return {
    capabilities: {
      batchSize: settings.batchSize,
      uniqueCodes: false,
      storesLevel: true,
      storesValidTo: true,
      canList: false,
      givesIds: false,
      countsUses: false,
      deletes: 'no',
      longestTitle: settings.longestTitle,
      longestCode: settings.longestCode,
    },

    async write(steps, signal) {
      const answers = await inParallel(steps, settings.concurrency, async (step) => {
        const answer = judge(step.key, await send(outbox.messageOf(step, Date.now()), signal));
        if (answer.is === 'done') outbox.acknowledged(step.key);
        return answer;
      });
      return inOrder(steps, answers);
    },

    // oxlint-disable-next-line require-yield
    async *list() {
      throw new TargetError({
        is: 'rejected',
        reason: asKept(say`what a receiver of webhooks holds cannot be read`),
      });
    },

    probe: (signal) =>
      probed(async () => {
        const answer = judge('', await send(newMessage('mappa.ping', {}, Date.now()), signal));
        return answer.is === 'rejected' ? answer : null;
      }),

    close: () => http.close(),
  };
}

const secretUnusable = {
  is: 'failing',
  reason: asKept(say`the secret is not whsec_ with 24 to 64 bytes in base64`),
  aboutSystem: true,
} as const;

/** What the receiver can only say of the message is a refusal of the record; the rest is about the receiver. @throws TargetError */
function judge(key: string, { ok, status, reason }: Reply): Answer {
  if (ok) return { is: 'done', externalId: key };
  if (status === 400 || status === 409 || status === 413 || status === 422) return { is: 'rejected', reason };
  throw new TargetError({ is: 'failing', reason });
}
