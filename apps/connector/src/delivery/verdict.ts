import type { Trouble } from './answers.ts';

/** A target that failed, with the turns in a row in which it failed before. */
export interface Failing {
  readonly targetId: string;
  readonly failures: number;
  readonly trouble: Trouble;
}

/** So many targets that fail one after the other, with no answer between, put their system in doubt. */
const failingTargets = 3;
/** After so many answers a system that had failed is trusted with all its targets. */
const answersToTrust = 5;

/**
 * Whose trouble it is.
 * - `system`: it asks to slow down
 * - `target`: the server answered, and said something of this target or of one of its records
 * - `open`: one of several targets may be alone with it
 * - `ask`: the system is in doubt, and somebody else must be asked
 * @param suspects targets that failed with no answer between, this one with them
 */
export function whoseTrouble(trouble: Trouble, suspects: number): 'system' | 'target' | 'open' | 'ask' {
  if (trouble.is === 'slow-down') return 'system';
  if (!trouble.aboutSystem) return 'target';
  return suspects >= failingTargets ? 'ask' : 'open';
}

/**
 * Tells a system that fails from a target that fails alone. What a server says of a target (its folder is not there) is the
 * target's own. Where there was no answer, or a 5xx, the target is suspected until another one answers. A system that had
 * failed is on trial, and one with several suspects in doubt: then it is asked for by targets that were in step last (see
 * `askForSystem`), and only what they say blames it. A system on trial is asked by a few first, then by all.
 */
export class Verdict {
  /** Of the system. */
  trouble: Trouble | null = null;
  private answers = 0;
  private doubted: boolean;
  private readonly suspects = new Map<string, Failing>();
  private readonly convicted: Failing[] = [];

  /** @param isOnTrial whether the system failed the last time */
  constructor(private readonly isOnTrial: boolean) {
    this.doubted = isOnTrial;
  }

  get hasAnswers(): boolean {
    return this.answers > 0;
  }

  /** Nothing is to be sent before somebody was asked for the system. */
  get isInDoubt(): boolean {
    return this.doubted && this.trouble === null;
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
    this.doubted = false;
    for (const suspect of this.suspects.values()) if (suspect.targetId !== targetId) this.convict(suspect);
  }

  failed(failing: Failing): void {
    if (this.trouble !== null && failing.trouble.is !== 'slow-down') return;
    const suspects = new Set([...this.suspects.keys(), failing.targetId]).size;
    const whose = whoseTrouble(failing.trouble, suspects);
    if (whose === 'system') return this.blameSystem(failing.trouble);
    if (whose === 'target') {
      this.answered(failing.targetId);
      return this.convict(failing);
    }
    this.suspects.set(failing.targetId, failing);
    this.doubted ||= whose === 'ask';
  }

  blameSystem(trouble: Trouble): void {
    this.trouble = this.trouble?.is === 'slow-down' ? this.trouble : trouble;
    this.suspects.clear();
  }

  /** Nobody could be asked for the system: those that failed speak for it. */
  nobodyAnswersFor(): void {
    this.doubted = false;
    const last = [...this.suspects.values()].at(-1);
    if (last && this.suspects.size >= failingTargets) this.blameSystem(last.trouble);
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

  /** Nobody else is left to ask: whoever is suspected fails alone. Of a system still in doubt nothing was learnt. */
  close(): void {
    if (this.doubted) return;
    for (const suspect of this.suspects.values()) this.convict(suspect);
  }
}
