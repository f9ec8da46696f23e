import { asKept, say } from '#words';
import { TargetError, type Answer, type Trouble } from '../driver.ts';

/** The trouble that made a call end. Everything else is a programming error and is thrown on. */
export function troubleOf(error: unknown): Trouble {
  if (!(error instanceof TargetError)) throw error;
  const { answer } = error;
  return answer.is === 'rejected' || answer.is === 'gone' ? { is: 'failing', reason: answer.reason } : answer;
}

/** What a step is told that was not sent, because the target was in trouble just before. */
export function notSent(trouble: Trouble): Answer {
  if (trouble.is === 'slow-down') return trouble;
  return { ...trouble, is: 'failing', reason: asKept(say`not sent: ${trouble.reason}`) };
}
