import { inWords, say, type Sentence } from '#words';
import { errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { refuse, type Refusal } from '../problem/refusal.ts';
import { roles, type ActorIdentity } from './actor.ts';
import { IdentityProviderAway, KeySource, type KeySourceOptions } from './key-source.ts';
import { VerifiedTokens } from './verified-tokens.ts';

export interface AuthenticationOptions extends KeySourceOptions {
  /** Issuer of access tokens; its discovery document names the keys. */
  readonly issuer: string;
  /** `mappa` by default. */
  readonly audience?: string;
}

const clockToleranceSeconds = 5;
const knownRoles: ReadonlySet<unknown> = new Set(roles);
const claimsSchema = z.object({
  sub: z.string().min(1),
  exp: z.number(),
  name: z.string().optional(),
  roles: z.array(z.unknown()).default([]),
});

/** Reads JWT access tokens (RFC 9068). */
export class TokenVerifier {
  private readonly keys: KeySource;
  private readonly verified = new VerifiedTokens();
  private readonly audience: string;

  constructor(private readonly options: AuthenticationOptions) {
    this.keys = new KeySource(options.issuer, options);
    this.audience = options.audience ?? 'mappa';
  }

  /**
   * @param authorization the header's text
   * @returns who it is; or a refusal: 401 without a valid token, 503 while the provider's keys cannot be had
   */
  async verify(authorization: string | undefined): Promise<ActorIdentity | Refusal> {
    const token = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
    if (!token) return notSignedIn(say`Send an access token in the header Authorization: Bearer …`);
    return this.verified.find(token, Date.now()) ?? this.verifySignature(token);
  }

  private async verifySignature(token: string): Promise<ActorIdentity | Refusal> {
    try {
      const { payload } = await jwtVerify(token, this.keys.key, {
        issuer: this.options.issuer,
        audience: this.audience,
        algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
        requiredClaims: ['exp', 'sub'],
        clockTolerance: clockToleranceSeconds,
      });
      const claims = claimsSchema.safeParse(payload);
      if (!claims.success)
        return notSignedIn(say`The claims of the token do not have the expected form`, true);
      const { sub, name, exp } = claims.data;
      const actor = { id: sub, ...(name ? { name } : {}), roles: claims.data.roles.filter(isRole) };
      this.verified.keep(token, actor, (exp + clockToleranceSeconds) * 1_000, Date.now());
      return actor;
    } catch (error) {
      if (error instanceof IdentityProviderAway) return identityProviderAway();
      if (error instanceof errors.JOSEError) return notSignedIn(reasonOf(error), true);
      throw error;
    }
  }
}

function isRole(value: unknown): value is ActorIdentity['roles'][number] {
  return knownRoles.has(value);
}

function reasonOf(error: errors.JOSEError): Sentence {
  if (error instanceof errors.JWTExpired) return say`The token has expired`;
  if (error instanceof errors.JWTClaimValidationFailed)
    return say`The claim ${error.claim} of the token is not right`;
  return say`The token was not issued by the identity provider of this installation`;
}

function notSignedIn(detail: Sentence, tokenGiven = false): Refusal {
  const challenge = `Bearer realm="mappa"${tokenGiven ? `, error="invalid_token", error_description="${inWords(detail, 'en')}"` : ''}`;
  return refuse('not-signed-in', {
    status: 401,
    title: say`This needs a valid access token`,
    detail,
    headers: { 'www-authenticate': challenge },
  });
}

function identityProviderAway(): Refusal {
  return refuse('identity-provider-away', {
    status: 503,
    title: say`The identity provider does not answer`,
    detail: say`Your token cannot be checked just now. Nothing was changed; try again in a few seconds.`,
    headers: { 'retry-after': '5' },
  });
}
