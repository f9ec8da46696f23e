import { waitOrStop } from '#platform';

/** A bell: rung while nobody waits, it is heard by the next who does. */
export class Wake {
  private rung = false;
  private wakeUp: (() => void) | undefined;

  ring(): void {
    this.rung = true;
    this.wakeUp?.();
  }

  /** Resolves when rung, after `ms` at the latest, or when told to stop. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    if (!this.rung) {
      const woken = new AbortController();
      this.wakeUp = () => woken.abort();
      await waitOrStop(ms, AbortSignal.any([signal, woken.signal]));
      this.wakeUp = undefined;
    }
    this.rung = false;
  }
}
