import type { Adapter } from 'oidc-provider';

/**
 * The provider's storage: none. Clients come from the configuration and access tokens are JWT, which nobody looks up;
 * flows that would need a stored state (a person who signs in) end with an error.
 */
export class NoStorage implements Adapter {
  async upsert(): Promise<void> {}
  async find(): Promise<undefined> {}
  async findByUserCode(): Promise<undefined> {}
  async findByUid(): Promise<undefined> {}
  async consume(): Promise<void> {}
  async destroy(): Promise<void> {}
  async revokeByGrantId(): Promise<void> {}
}
