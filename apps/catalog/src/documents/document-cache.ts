import type { Answer } from '../reading/answer.ts';

const kept = 32;

/** Documents about published revisions, the last few that were asked for. Revisions are immutable, so they never go stale. */
export class DocumentCache {
  private readonly documents = new Map<string, Promise<Answer>>();

  /** @param key everything that the document is made from */
  async get(key: readonly (string | number)[], make: () => Promise<Answer>): Promise<Answer> {
    const name = JSON.stringify(key);
    const document = this.documents.get(name) ?? make();
    this.documents.delete(name);
    this.documents.set(name, document);
    if (this.documents.size > kept) this.documents.delete([...this.documents.keys()][0] ?? '');
    try {
      return await document;
    } catch (error) {
      this.documents.delete(name);
      throw error;
    }
  }
}
