import type { Trouble } from './answers.ts';

/** A target that failed, with the turns in a row in which it failed before. */
export interface Failing {
  readonly targetId: string;
  readonly failures: number;
  readonly trouble: Trouble;
}

/** So many targets that fail one after the other, with no answer between, are a system that fails. */
const failingTargets = 3;
/** After so many answers a system that had failed is trusted with all its targets. */
const answersToTrust = 5;

/**
 * Tells a system that fails from a target that fails alone. A target is suspected until another one answers, which shows
 * that the target is alone with its trouble. A system that had failed is asked by one target first (half open), then by
 * a few, then by all; whoever asks to slow down means the system.
 */
export class Verdict {
  /** Of the system. */
  trouble: Trouble | null = null;
  private answers = 0;
  private readonly suspects = new Map<string, Failing>();
  private readonly convicted: Failing[] = [];

  /** @param isOnTrial whether the system failed the last time */
  constructor(private readonly isOnTrial: boolean) {}

  get hasAnswers(): boolean {
    return this.answers > 0;
  }

  /** How many targets may be under way together. */
  room(most: number): number {
    if (!this.isOnTrial || this.answers >= answersToTrust) return most;
    return this.answers === 0 ? 1 : Math.min(most, answersToTrust);
  }

  /** Targets that failed, and are not to be asked before it is clear whose trouble it is. */
  resting(): string[] {
    return [...this.suspects.keys()];
  }

  answered(targetId: string): void {
    this.answers++;
    for (const suspect of this.suspects.values()) if (suspect.targetId !== targetId) this.convict(suspect);
  }

  failed(failing: Failing): void {
    const isUntrusted = this.isOnTrial && this.answers === 0;
    if (failing.trouble.is === 'slow-down' || isUntrusted) return this.blameSystem(failing.trouble);
    if (this.trouble !== null) return;
    this.suspects.set(failing.targetId, failing);
    if (this.suspects.size >= failingTargets) this.blameSystem(failing.trouble);
  }

  blameSystem(trouble: Trouble): void {
    this.trouble = this.trouble?.is === 'slow-down' ? this.trouble : trouble;
    this.suspects.clear();
  }

  /** The target fails alone; it need not be waited for what others say. */
  convict(failing: Failing): void {
    this.suspects.delete(failing.targetId);
    this.convicted.push(failing);
  }

  /** Targets that turned out to fail alone since this was last asked. */
  takeConvicted(): Failing[] {
    return this.convicted.splice(0);
  }

  /** Nobody else is left to ask: whoever is suspected fails alone. */
  close(): void {
    for (const suspect of this.suspects.values()) this.convict(suspect);
  }
}
