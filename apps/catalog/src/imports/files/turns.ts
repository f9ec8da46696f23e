/** Lets so many work at once; the others wait, and get their turn in the order in which they came. */
export class Turns {
  private readonly waiting: (() => void)[] = [];
  private free: number;

  constructor(atOnce: number) {
    this.free = atOnce;
  }

  /** @returns whether the work was done; false when the signal came before its turn */
  async take(signal: AbortSignal, work: () => Promise<void>): Promise<boolean> {
    if (signal.aborted) return false;
    if (this.free > 0) this.free--;
    else if (!(await this.wait(signal))) return false;
    try {
      await work();
      return true;
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free++;
    }
  }

  private wait(signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const begin = (): void => {
        signal.removeEventListener('abort', leave);
        resolve(true);
      };
      const leave = (): void => {
        this.waiting.splice(this.waiting.indexOf(begin), 1);
        resolve(false);
      };
      signal.addEventListener('abort', leave, { once: true });
      this.waiting.push(begin);
    });
  }
}
