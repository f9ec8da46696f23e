import { TargetError } from '#targets';
import { asKept, say } from '#words';

/** What a target said, or why nobody knows. */
export type Told<Answer> = { readonly answer: Answer } | { readonly reason: string };

/** @param signal of the time that the target has */
export async function told<Answer>(
  asking: () => Promise<Answer>,
  signal: AbortSignal,
): Promise<Told<Answer>> {
  try {
    return { answer: await asking() };
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    return { reason: signal.aborted ? asKept(say`it did not answer in time`) : error.answer.reason };
  }
}
