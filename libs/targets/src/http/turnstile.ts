import { setTimeout as wait } from 'node:timers/promises';
import { onAbort } from './on-abort.ts';

/** Lets in so many at a time, and so many a second, in the order in which they came. */
export class Turnstile {
  /** The first comes first. A list and no Set, see `onAbort`. */
  private readonly waiting: (() => void)[] = [];
  private nextAt = 0;

  constructor(
    private places: number,
    private readonly ratePerSecond: number | null = null,
  ) {}

  /**
   * @returns how to leave again
   * @throws the reason of the signal, when it is told to stop while it waits
   */
  async enter(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.places > 0) this.places--;
    else await this.queue(signal);
    let isInside = true;
    const leave = (): void => {
      if (isInside) this.leave();
      isInside = false;
    };
    if (this.ratePerSecond !== null) await this.pace(this.ratePerSecond, signal).catch(leaveAndThrow(leave));
    return leave;
  }

  private queue(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stopWaiting = onAbort(signal, () => {
        this.waiting.splice(this.waiting.indexOf(admit), 1);
        reject(signal.reason);
      });
      const admit = (): void => {
        stopWaiting();
        resolve();
      };
      this.waiting.push(admit);
    });
  }

  private async pace(ratePerSecond: number, signal: AbortSignal): Promise<void> {
    const now = performance.now();
    const at = Math.max(now, this.nextAt);
    this.nextAt = at + 1_000 / ratePerSecond;
    if (at > now) await wait(at - now, undefined, { signal });
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.places++;
  }
}

const leaveAndThrow =
  (leave: () => void) =>
  (error: unknown): never => {
    leave();
    throw error;
  };
