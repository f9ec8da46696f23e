import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

/** A small OpenID provider for tests: discovery, keys, tokens; can go away and come back on its port. */
export class IdentityProvider {
  private readonly keys: { readonly kid: string; readonly publicJwk: JWK; readonly privateKey: CryptoKey }[] =
    [];
  private server: Server | undefined;
  private port = 0;
  requests = 0;

  get issuer(): string {
    return `http://127.0.0.1:${this.port}/idp`;
  }

  static async start(): Promise<IdentityProvider> {
    const provider = new IdentityProvider();
    await provider.addKey('first');
    await provider.comeBack();
    return provider;
  }

  async addKey(kid: string): Promise<void> {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    this.keys.push({
      kid,
      publicJwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' },
      privateKey,
    });
  }

  /** Signed with the newest key. `claims` may override audience, issuer and expiry. */
  async token(roles: unknown, claims: Record<string, unknown> = {}): Promise<string> {
    const { kid, privateKey } = this.keys.at(-1)!;
    const now = Math.floor(Date.now() / 1_000);
    return new SignJWT({
      sub: 'demo',
      iss: this.issuer,
      aud: 'mappa',
      iat: now,
      exp: now + 300,
      roles,
      ...claims,
    })
      .setProtectedHeader({ alg: 'ES256', kid, typ: 'at+jwt' })
      .sign(privateKey);
  }

  async comeBack(): Promise<void> {
    const server = createServer((request, response) => {
      this.requests++;
      const body = request.url?.endsWith('/jwks')
        ? { keys: this.keys.map(({ publicJwk }) => publicJwk) }
        : { issuer: this.issuer, jwks_uri: `${this.issuer}/jwks` };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    const address = server.address();
    if (typeof address === 'object' && address) this.port = address.port;
    this.server = server;
  }

  async goAway(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    server?.closeAllConnections();
    if (server) await new Promise((resolve) => server.close(resolve));
  }
}
