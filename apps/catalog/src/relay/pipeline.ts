/** Sends that may be on their way at once. The producer hands them to one connection in order. */
const underwayAtMost = 2;

/** Sends on their way to Kafka. What is acknowledged, and all before it, is stored as the cursor. */
export class Pipeline {
  private readonly underway: { readonly position: number; readonly sent: Promise<void> }[] = [];
  private stored: Promise<unknown> = Promise.resolve();

  constructor(private readonly store: (position: number) => Promise<unknown>) {}

  /** Takes one send more; waits while too many are under way. @throws what the oldest send failed with */
  async push(position: number, sent: Promise<void>): Promise<void> {
    this.underway.push({ position, sent: quietly(sent) });
    if (this.underway.length >= underwayAtMost) await this.acknowledgeFirst();
  }

  /** Resolves when everything is acknowledged and stored. @throws what a send failed with */
  async drain(): Promise<void> {
    while (this.underway.length > 0) await this.acknowledgeFirst();
    await this.stored;
  }

  /** Resolves when nothing is under way any more, whatever came of it. */
  async settle(): Promise<void> {
    await Promise.allSettled([...this.underway.map(({ sent }) => sent), this.stored]);
  }

  private async acknowledgeFirst(): Promise<void> {
    const first = this.underway[0];
    if (!first) return;
    await first.sent;
    this.underway.shift();
    this.stored = quietly(this.stored.then(() => this.store(first.position)));
  }
}

/** The same promise, whose rejection is seen where it is awaited and nowhere else. */
export function quietly<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
