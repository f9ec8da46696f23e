import {
  createLocalJWKSet,
  errors,
  type FlattenedJWSInput,
  type JWSHeaderParameters,
  type LocalJWKSet,
} from 'jose';
import { z } from 'zod';

/** The identity provider cannot be asked, so a token can be neither believed nor refused. */
export class IdentityProviderAway extends Error {}

const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.url() });
const jwksSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

export interface KeySourceOptions {
  /** Keys older than this are fetched again; while that fails, the old ones stay in use. */
  readonly refreshAfterMs?: number;
  /** Least time between two fetches caused by a token with an unknown key, or by a failure. */
  readonly cooldownMs?: number;
  readonly timeoutMs?: number;
}

/**
 * Public keys of an OpenID provider (Discovery 1.0 section 4), fetched when first needed and kept, so that an app
 * starts while the provider is away and goes on while it is away later.
 */
export class KeySource {
  private keys: LocalJWKSet | undefined;
  private fetchedAt = -Infinity;
  private askedAt = -Infinity;
  private pending: Promise<void> | undefined;
  private readonly options: Required<KeySourceOptions>;

  constructor(
    private readonly issuer: string,
    options: KeySourceOptions = {},
  ) {
    this.options = { refreshAfterMs: 600_000, cooldownMs: 5_000, timeoutMs: 3_000, ...options };
  }

  /** For `jwtVerify`. @throws IdentityProviderAway, or jose's JWKSNoMatchingKey */
  readonly key = async (header: JWSHeaderParameters, token: FlattenedJWSInput) => {
    if (!this.keys) await this.refresh();
    else if (this.isOld() && this.mayAsk()) await this.refresh().catch(() => undefined);
    try {
      return await this.current()(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !this.mayAsk()) throw error;
      await this.refresh();
      return this.current()(header, token);
    }
  };

  private current(): LocalJWKSet {
    if (!this.keys) throw new IdentityProviderAway('no keys yet');
    return this.keys;
  }

  private isOld(): boolean {
    return performance.now() - this.fetchedAt > this.options.refreshAfterMs;
  }

  private mayAsk(): boolean {
    return performance.now() - this.askedAt > this.options.cooldownMs;
  }

  private refresh(): Promise<void> {
    this.askedAt = performance.now();
    this.pending ??= this.fetchKeys().finally(() => (this.pending = undefined));
    return this.pending;
  }

  private async fetchKeys(): Promise<void> {
    try {
      const address = `${this.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
      const discovery = discoverySchema.parse(await this.fetchJson(address));
      if (discovery.issuer !== this.issuer) throw new Error(`it calls itself ${discovery.issuer}`);
      this.keys = createLocalJWKSet(jwksSchema.parse(await this.fetchJson(discovery.jwks_uri)));
      this.fetchedAt = performance.now();
    } catch (cause) {
      throw new IdentityProviderAway(`the identity provider ${this.issuer} does not answer`, { cause });
    }
  }

  private async fetchJson(address: string): Promise<unknown> {
    const signal = AbortSignal.timeout(this.options.timeoutMs);
    const response = await fetch(address, {
      signal,
      redirect: 'error',
      headers: { accept: 'application/json' },
    });
    if (!response.ok) throw new Error(`${address} answers ${response.status}`);
    return response.json();
  }
}
