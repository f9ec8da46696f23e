import {
  TargetError,
  type Answer,
  type Capabilities,
  type Driver,
  type RecordContent,
  type Step,
  type StoredRecord,
  type UsePage,
} from '#targets';

export interface SimulatedRecord {
  readonly id: string;
  /** Empty: it was there before us. */
  key: string;
  content: RecordContent;
}

/** What a test may do to the next requests; null leaves a request alone. */
export type Interference = (
  steps: readonly Step[],
  call: number,
) => 'lose-answers' | 'lose-all' | 'fail' | 'slow-down' | null;

/**
 * A target that takes what it is told and no more: two records may not carry one code, a parent must exist and may not
 * stand below its own child, and it looks for a key only when asked to. It remembers whatever broke a promise.
 */
export class SimulatedTarget implements Driver {
  readonly records = new Map<string, SimulatedRecord>();
  readonly refusedCodes = new Set<string>();
  readonly calls: Step[][] = [];
  /** Things that use a record, by its id; a target that counts says how many. */
  readonly uses = new Map<string, number>();
  /** Records of a page when it is listed. */
  pageSize = 1_000;
  interfere: Interference = () => null;
  readonly deletions: string[][] = [];
  /** Records that somebody asked to delete while others stood below them. */
  readonly orphaned: string[] = [];
  interfereWithDeletion: () => 'lose-answers' | 'fail' | null = () => null;
  capabilities = {
    batchSize: 200,
    uniqueCodes: true,
    storesLevel: true,
    storesValidTo: true,
    canList: true,
    givesIds: true,
    countsUses: true,
    deletes: 'whatever-uses-it' as Capabilities['deletes'],
    longestTitle: 1_000,
    longestCode: 80,
  };
  private made = 0;

  /** What happens while a request is on its way. */
  beforeWrite: () => Promise<void> = async () => undefined;

  async write(steps: readonly Step[], signal: AbortSignal): Promise<Answer[]> {
    await this.beforeWrite();
    const interference = this.interfere(steps, this.calls.push([...steps]));
    signal.throwIfAborted();
    if (interference === 'fail')
      return steps.map(() => ({ is: 'failing', reason: 'the server answers 503', aboutSystem: true }));
    if (interference === 'slow-down') {
      return steps.map(() => ({ is: 'slow-down', reason: 'too many requests', retryAfterMs: 50 }));
    }
    const answers = interference === 'lose-all' ? [] : steps.map((step) => this.writeOne(step));
    if (interference === null) return answers;
    return steps.map(() => ({ is: 'unknown', reason: 'the connection was cut', aboutSystem: true }));
  }

  async delete(externalIds: readonly string[], signal: AbortSignal): Promise<Answer[]> {
    signal.throwIfAborted();
    this.deletions.push([...externalIds]);
    const interference = this.interfereWithDeletion();
    if (interference === 'fail')
      return externalIds.map(() => ({ is: 'failing', reason: 'the server answers 503' }));
    const answers = externalIds.map((externalId): Answer => {
      if ([...this.records.values()].some(({ content }) => content.parent === externalId)) {
        this.orphaned.push(externalId);
        return { is: 'rejected', reason: 'something stands below it' };
      }
      this.records.delete(externalId);
      return { is: 'done', externalId };
    });
    if (interference === null) return answers;
    return externalIds.map(() => ({ is: 'unknown', reason: 'the connection was cut' }));
  }

  async *list(): AsyncGenerator<StoredRecord[]> {
    if (this.isAway) throw new TargetError({ is: 'failing', reason: 'the server is away' });
    const records = [...this.records.values()].map(({ id, key, content }) => ({
      externalId: id,
      key: key || null,
      content,
    }));
    for (let from = 0; from < records.length; from += this.pageSize) {
      yield records.slice(from, from + this.pageSize);
      await this.afterPage();
    }
  }

  /** What happens while somebody reads on. */
  afterPage: () => Promise<void> = async () => undefined;

  async countUses(externalIds: readonly string[], signal: AbortSignal): Promise<Map<string, number>> {
    if (signal.aborted || this.isAway) throw new TargetError({ is: 'failing', reason: 'the server is away' });
    return new Map(externalIds.map((id) => [id, this.uses.get(id) ?? 0]));
  }

  async listUses(
    externalIds: readonly string[],
    { after, limit }: { readonly after: string | null; readonly limit: number },
    signal: AbortSignal,
  ): Promise<UsePage> {
    if (signal.aborted || this.isAway) throw new TargetError({ is: 'failing', reason: 'the server is away' });
    const all = externalIds.flatMap((externalId) =>
      Array.from({ length: this.uses.get(externalId) ?? 0 }, (_, n) => {
        const id = `${externalId}-${n}`;
        return { id, externalId, title: `case ${id}`, link: null };
      }),
    );
    const rest = all.filter(({ id }) => after === null || id > after).sort((a, b) => (a.id < b.id ? -1 : 1));
    const uses = rest.slice(0, limit);
    return { uses, next: rest.length > limit ? (uses.at(-1)?.id ?? null) : null };
  }

  /** Whoever reads gets no answer. */
  isAway = false;

  /** A record that somebody made before us. */
  hold(id: string, code: string, title: string, changes: Partial<SimulatedRecord['content']> = {}): void {
    const content = { code, title, level: 1, parent: null, active: true, validTo: null, ...changes };
    this.records.set(id, { id, key: '', content });
  }

  probes = 0;

  async probe(_: AbortSignal): ReturnType<Driver['probe']> {
    this.probes++;
    return this.isAway ? { is: 'failing', reason: 'the server is away', aboutSystem: true } : null;
  }

  async close(): Promise<void> {}

  /** Records by key: more than one is a twin. */
  withKey(key: string): SimulatedRecord[] {
    return [...this.records.values()].filter((record) => record.key === key);
  }

  active(): SimulatedRecord[] {
    return [...this.records.values()].filter(({ content }) => content.active);
  }

  private writeOne({ key, externalId, content, mayExist }: Step): Answer {
    const known =
      externalId === null ? (mayExist ? this.withKey(key)[0] : undefined) : this.records.get(externalId);
    if (externalId !== null && !known) return { is: 'gone', reason: 'no such record' };
    const refusal = this.refusalOf(content, known?.id ?? null);
    if (refusal) return { is: 'rejected', reason: refusal };
    if (known) {
      known.key = key;
      known.content = content;
      return { is: 'done', externalId: known.id };
    }
    do this.made++;
    while (this.records.has(`r${this.made}`));
    const id = `r${this.made}`;
    this.records.set(id, { id, key, content });
    return { is: 'done', externalId: id };
  }

  private refusalOf({ code, parent }: RecordContent, id: string | null): string | null {
    if (this.refusedCodes.has(code)) return `the code ${code} is not allowed here`;
    if (parent !== null && !this.records.has(parent)) return 'the parent does not exist';
    const { uniqueCodes } = this.capabilities;
    if (
      uniqueCodes &&
      [...this.records.values()].some((other) => other.id !== id && other.content.code === code)
    ) {
      return `the code ${code} is taken`;
    }
    for (let at = parent; at !== null; at = this.records.get(at)?.content.parent ?? null) {
      if (at === id) return 'a record cannot stand below itself';
    }
    return null;
  }
}
