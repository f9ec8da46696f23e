import type { FastifyInstance } from 'fastify';
import type { Sessions } from '../mounting/sessions.ts';

const clientId = 'mappa';
const clientSecret = 'mappa-odata-secret';

/** POST /oauth2/v2.0/token: client credentials in the form, as Microsoft's identity platform takes them. */
export function tokenRoute(scope: FastifyInstance, sessions: Sessions): void {
  scope.post('/oauth2/v2.0/token', (request, reply) => {
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    const refuse = (status: number, error: string, error_description: string) =>
      reply.code(status).send({ error, error_description });
    if (form.get('grant_type') !== 'client_credentials') {
      return refuse(
        400,
        'unsupported_grant_type',
        'AADSTS70003: The app requested an unsupported grant type.',
      );
    }
    if (!form.get('scope')?.endsWith('/.default')) {
      return refuse(400, 'invalid_scope', 'AADSTS1002012: The provided value for scope is not valid.');
    }
    if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) {
      return refuse(401, 'invalid_client', 'AADSTS7000215: Invalid client secret provided.');
    }
    const answer = { token_type: 'Bearer', expires_in: 7200, access_token: sessions.open(Date.now()) };
    return reply.header('cache-control', 'no-store').send(answer);
  });
}
