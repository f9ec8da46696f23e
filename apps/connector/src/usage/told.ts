import { TargetError, type Driver } from '#targets';
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

/**
 * That it has nothing is known only of a target that answers and knows us.
 * @throws TargetError when it does not
 */
export async function reached(driver: Driver, signal: AbortSignal): Promise<void> {
  const refused = await driver.probe(signal);
  if (refused) throw new TargetError(refused);
}
