import type { FoundRevision } from './find-revision.ts';

const kept = 8;

/** Bodies of whole published revisions, the last few that were asked for. They are immutable, so they never go stale. */
export class BodyCache {
  private readonly bodies = new Map<string, Promise<string>>();

  async get({ schemeId, number }: FoundRevision, make: () => Promise<string>): Promise<string> {
    const key = `${schemeId}/${number}`;
    const body = this.bodies.get(key) ?? make();
    this.bodies.delete(key);
    this.bodies.set(key, body);
    if (this.bodies.size > kept) this.bodies.delete([...this.bodies.keys()][0] ?? '');
    try {
      return await body;
    } catch (error) {
      this.bodies.delete(key);
      throw error;
    }
  }
}
