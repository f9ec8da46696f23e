import { witnessed, type Driver, type Step } from '#targets';
import type { Delivered } from '../delivery/deliver.ts';
import type { Plan } from '../delivery/plan.ts';
import { keyFor } from '../delivery/record-key.ts';
import { senderTo, type Sender } from '../delivery/sender.ts';
import type { Turn } from '../delivery/turn.ts';
import { mishapsOf, type Attempt } from './attempt.ts';

/** Of one turn; what comes after is counted only. */
const mostMishaps = 50;

/** Watches the driver during one turn, and notes what is worth a line; never one for a record that went well. */
export class TurnWitness {
  private readonly since = performance.now();
  private sent = 0;
  private done = 0;
  private rejected = 0;
  private mishaps = 0;

  constructor(
    private readonly turn: Pick<Turn, 'targetId' | 'desired'>,
    private readonly plan: Plan,
    private readonly note: (attempts: readonly Attempt[]) => void,
  ) {}

  watch(driver: Driver): Sender & Pick<Driver, 'probe'> {
    const { capabilities, write, remove } = senderTo(driver);
    return {
      capabilities,
      write: this.noting(write),
      remove: this.noting(remove),
      probe: async (signal) => {
        const since = performance.now();
        const { result, seen } = await witnessed(() => driver.probe(signal));
        if (result) {
          const said = { answer: result.is, reason: result.reason, exchange: seen().at(-1) ?? null };
          this.note([{ ...this.line('batch', since), ...said }]);
        }
        return result;
      },
    };
  }

  private noting(send: Sender['write']): Sender['write'] {
    return async (steps, signal) => {
      const since = performance.now();
      const { result: answers, about } = await witnessed(() => send(steps, signal));
      const done = answers.filter(({ is }) => is === 'done').length;
      this.sent += steps.length;
      this.done += done;
      if (done === answers.length) return answers;
      this.rejected += answers.filter(({ is }) => is === 'rejected').length;
      const room = mostMishaps - this.mishaps;
      const noted = room > 0 ? mishapsOf(steps, answers, about, room).slice(0, room) : [];
      this.mishaps += noted.length;
      this.note(
        noted.map(({ kind, step, answer, steps: sent, exchange }) => ({
          ...this.line(kind, since),
          ...(step ? this.namesOf(step) : {}),
          answer: answer.is,
          reason: answer.reason,
          sent,
          rejected: answer.is === 'rejected' ? sent : 0,
          exchange,
        })),
      );
      return answers;
    };
  }

  /** The turn as a whole, where the target was asked at all. */
  end({ trouble, isComplete }: Delivered): void {
    if (this.sent === 0 && !trouble) return;
    const { sent, done, rejected } = this;
    const answer = trouble?.is ?? (isComplete ? 'complete' : 'left');
    const counts = { sent, done, rejected };
    this.note([{ ...this.line('turn', this.since), ...counts, answer, reason: trouble?.reason ?? '' }]);
  }

  private line(kind: Attempt['kind'], since: number): Omit<Attempt, 'answer' | 'reason'> {
    const { targetId, desired: revision } = this.turn;
    const durationMs = Math.round(performance.now() - since);
    const nothing = { conceptId: null, code: null, sent: 0, done: 0, rejected: 0, exchange: null };
    return { targetId, kind, revision, durationMs, ...nothing };
  }

  /** By the code that people know it by, whatever the record carries. */
  private namesOf({ key, content }: Step): Pick<Attempt, 'conceptId' | 'code'> {
    const planned = this.plan.steps.find(({ work }) => keyFor(work) === key);
    return { conceptId: planned?.work.conceptId ?? null, code: planned?.work.code ?? content.code };
  }
}
