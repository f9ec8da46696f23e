import { z } from 'zod';
import type { Logger } from '#platform';
import type { FaultBoard } from '../faults/fault-board.ts';
import { statusOf } from '../mounting/read-body.ts';
import type { SimulatedServer } from '../mounting/simulated-server.ts';
import { distrust } from './verify-signature.ts';
import type { WebhookStore } from './webhook.store.ts';

const secret = 'whsec_bWFwcGEtc2FuZGJveC1yZWNlaXZlci1zZWNyZXQ=';

const record = z.strictObject({
  id: z.string().min(1),
  code: z.string(),
  title: z.string(),
  parent: z.string().nullable(),
  level: z.int(),
  active: z.boolean(),
  validTo: z.string().nullable(),
});
export type RecordMessage = z.infer<typeof record>;

const message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('mappa.ping') }),
  z.object({ type: z.literal('mappa.record'), data: record }),
]);

/** A receiver of Standard Webhooks: verifies signatures, drops repeats, stores records by our key. */
export function webhookServer(store: WebhookStore, faults: FaultBoard, logger: Logger): SimulatedServer {
  return {
    name: 'webhook',
    prefix: '/webhook',
    contentType: 'application/json; charset=utf-8',
    busy: () => refusal('The receiver is not available'),
    routes: (scope) => {
      // Signatures are of the bytes that came, so the body is kept as it is.
      scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
        done(null, body),
      );
      scope.setErrorHandler((error, request, reply) => {
        const status = statusOf(error);
        if (status < 500) return reply.code(status).send(refusal(String(error)));
        logger.error({ err: error, url: request.url }, 'the simulated receiver failed');
        return reply.code(500).send(refusal('An unexpected error occurred'));
      });
      scope.post('/', { config: { writes: true } }, (request, reply) => {
        const { headers } = request;
        const body = String(request.body);
        const id = one(headers['webhook-id']);
        const timestamp = one(headers['webhook-timestamp']);
        const signatures = one(headers['webhook-signature']);
        const why = distrust({ id, timestamp, signatures, body }, secret, Date.now());
        if (why || !id) return reply.code(401).send(refusal(why ?? 'Missing required headers'));
        const read = message.safeParse(jsonOf(body));
        if (!read.success) return reply.code(400).send(refusal('The message cannot be understood'));
        if (read.data.type === 'mappa.record') {
          const { code } = read.data.data;
          if (faults.refuses('webhook', code))
            return reply.code(422).send(refusal(`The code ${code} is not accepted by this receiver`));
          store.take(id, read.data.data);
        }
        return reply.code(204).send();
      });
    },
  };
}

const refusal = (words: string): { message: string } => ({ message: words });
const one = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
