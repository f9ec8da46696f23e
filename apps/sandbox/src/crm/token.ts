import type { FastifyInstance } from 'fastify';
import type { Sessions } from '../mounting/sessions.ts';

const clientId = 'mappa';
const clientSecret = 'mappa-crm-secret';

const refused = (error: string, error_description: string): unknown => ({ error, error_description });

/** POST /services/oauth2/token: client credentials, in the form or as HTTP Basic (RFC 6749 section 4.4). */
export function tokenRoute(scope: FastifyInstance, sessions: Sessions, instanceUrl: string): void {
  scope.post('/services/oauth2/token', (request, reply) => {
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    if (form.get('grant_type') !== 'client_credentials') {
      return reply.code(400).send(refused('unsupported_grant_type', 'grant type not supported'));
    }
    const [id, secret] = credentials(form, request.headers.authorization);
    if (id !== clientId)
      return reply.code(400).send(refused('invalid_client_id', 'client identifier invalid'));
    if (secret !== clientSecret)
      return reply.code(400).send(refused('invalid_client', 'invalid client credentials'));
    const now = Date.now();
    return reply.header('cache-control', 'no-store').send({
      access_token: sessions.open(now),
      signature: '',
      scope: 'api',
      instance_url: instanceUrl,
      id: `${instanceUrl}/id/00DMp000000001/005Mp000000001`,
      token_type: 'Bearer',
      issued_at: String(now),
    });
  });
}

function credentials(form: URLSearchParams, authorization = ''): [string | null, string | null] {
  if (!/^basic /i.test(authorization)) return [form.get('client_id'), form.get('client_secret')];
  const decoded = Buffer.from(authorization.slice(6), 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return [decodeURIComponent(decoded.slice(0, colon)), decodeURIComponent(decoded.slice(colon + 1))];
}
