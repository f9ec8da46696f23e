import { waitOrStop } from '#platform';

/** Without a reason of its own, each ring would cost an Error with its stack. */
const rung = 'rung';

/** Wakes everybody who waits. A ring between two waits is not lost to whoever asked for `next` before it. */
export class Alarm {
  private ringing = new AbortController();

  ring(): void {
    this.ringing.abort(rung);
    this.ringing = new AbortController();
  }

  ringIn(ms: number): void {
    setTimeout(() => this.ring(), Math.ceil(ms)).unref();
  }

  /** Resolves at the next ring, after `longestMs`, or when told to stop. Never rejects. */
  next(longestMs: number, signal: AbortSignal): Promise<void> {
    return waitOrStop(longestMs, AbortSignal.any([this.ringing.signal, signal]));
  }
}
