import { randomBytes } from 'node:crypto';

const sessionMs = 2 * 60 * 60 * 1_000;
const mostSessions = 10_000;

/** Access tokens of a server. In memory: a restart ends all sessions, so that clients must be able to sign in again. */
export class Sessions {
  private readonly endsAt = new Map<string, number>();

  /** @param prefix what the tokens of this server begin with */
  constructor(private readonly prefix: string) {}

  open(now: number): string {
    const token = this.prefix + randomBytes(36).toString('base64url');
    this.endsAt.set(token, now + sessionMs);
    const [oldest] = this.endsAt.keys();
    if (oldest && this.endsAt.size > mostSessions) this.endsAt.delete(oldest);
    return token;
  }

  isOpen(token: string, now: number): boolean {
    return (this.endsAt.get(token) ?? 0) > now;
  }
}
