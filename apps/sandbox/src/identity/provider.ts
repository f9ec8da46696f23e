import { randomBytes } from 'node:crypto';
import { Provider, type Configuration } from 'oidc-provider';
import { demoClients, rolesOf, secretOf } from './clients.ts';
import { NoStorage } from './no-storage.ts';
import type { SigningKey } from './signing-key.ts';

/** Who the tokens are for: Mappa's own API. */
const audience = 'mappa';
const tokenSeconds = 3_600;

/**
 * The development identity provider: machines get a JWT access token (RFC 9068) for the audience `mappa` with their
 * roles, by client credentials, and need not name a resource.
 * @param issuer address below which it is mounted, `…/idp`
 */
export function createProvider(issuer: string, key: SigningKey): Provider {
  const configuration: Configuration = {
    adapter: NoStorage,
    jwks: { keys: [key] },
    clients: demoClients.map(({ id }) => ({
      client_id: id,
      client_secret: secretOf(id),
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
      id_token_signed_response_alg: 'ES256',
    })),
    cookies: { keys: [randomBytes(32).toString('hex')] },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'urn:mappa',
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: '',
          audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: tokenSeconds,
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
    ttl: { ClientCredentials: tokenSeconds },
    extraTokenClaims: (_context, token) => (token.clientId ? { roles: rolesOf(token.clientId) } : {}),
  };
  return new Provider(issuer, configuration);
}
