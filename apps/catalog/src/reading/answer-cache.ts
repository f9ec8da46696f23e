import type { Answer } from './answer.ts';

/** What an answer costs beside its body and its key: object, header texts, places in maps. */
const overheadBytes = 500;

/**
 * Answers that were given, the last used last, up to a number of bytes. They are made of published revisions, so they
 * never go stale. One that would take more than a quarter of the room is made each time.
 */
export class AnswerCache {
  private readonly kept = new Map<string, Answer>();
  private readonly making = new Map<string, Promise<Answer>>();
  private bytes = 0;

  constructor(private readonly maxBytes: number) {}

  get(key: string): Answer | undefined {
    const answer = this.kept.get(key);
    if (!answer) return undefined;
    this.kept.delete(key);
    this.kept.set(key, answer);
    return answer;
  }

  /** Whoever asks while it is being made waits for the same; a failure is not kept. */
  make(key: string, make: () => Promise<Answer>): Promise<Answer> {
    const pending = this.making.get(key);
    if (pending) return pending;
    const made = make()
      .then((answer) => this.keep(key, answer))
      .finally(() => this.making.delete(key));
    this.making.set(key, made);
    return made;
  }

  private keep(key: string, answer: Answer): Answer {
    const size = sizeOf(key, answer);
    if (size > this.maxBytes / 4) return answer;
    this.kept.set(key, answer);
    this.bytes += size;
    for (const [oldest, dropped] of this.kept) {
      if (this.bytes <= this.maxBytes) break;
      this.kept.delete(oldest);
      this.bytes -= sizeOf(oldest, dropped);
    }
    return answer;
  }
}

function sizeOf(key: string, { body }: Answer): number {
  return body.length + 2 * key.length + overheadBytes;
}
