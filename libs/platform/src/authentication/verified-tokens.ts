import { hash } from 'node:crypto';
import type { ActorIdentity } from './actor.ts';

const maxKept = 1_000;
/** A key that the provider withdraws stops being believed after this long at the latest. */
const believedMs = 60_000;

/**
 * Tokens whose signature was found right, so that it is not computed again for each request. Kept by their SHA-256, so
 * that no token stays in memory; for a minute, never beyond their expiry, and only the last ones used.
 */
export class VerifiedTokens {
  private readonly kept = new Map<string, { readonly actor: ActorIdentity; readonly untilMs: number }>();

  find(token: string, nowMs: number): ActorIdentity | undefined {
    const key = keyOf(token);
    const found = this.kept.get(key);
    if (!found) return undefined;
    this.kept.delete(key);
    if (found.untilMs <= nowMs) return undefined;
    this.kept.set(key, found);
    return found.actor;
  }

  /** @param expiresAtMs milliseconds since 1970 */
  keep(token: string, actor: ActorIdentity, expiresAtMs: number, nowMs: number): void {
    this.kept.set(keyOf(token), { actor, untilMs: Math.min(expiresAtMs, nowMs + believedMs) });
    if (this.kept.size > maxKept) this.kept.delete([...this.kept.keys()][0] ?? '');
  }
}

function keyOf(token: string): string {
  return hash('sha256', token, 'base64');
}
