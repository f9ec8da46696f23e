import { asKept, say } from '#words';
import type { Answer, Trouble } from '../driver.ts';
import { NotSent } from '../http/dry-run.ts';
import { notSent, troubleOf } from './trouble.ts';

/** A batch that the target refused as a whole, storing nothing of it. */
export interface Refused {
  readonly refused: string;
}

/**
 * Sends batches one after the other. A batch that is refused as a whole is halved until what is refused stands alone,
 * so that one bad record only fails itself. After trouble with the target nothing more is sent.
 * @param send answers one for each item, or `Refused`; rejects with TargetError for trouble
 */
export async function inBatches<T>(
  batches: readonly (readonly T[])[],
  send: (batch: readonly T[]) => Promise<readonly Answer[] | Refused>,
): Promise<Map<T, Answer>> {
  const answers = new Map<T, Answer>();
  const waiting = batches.filter(({ length }) => length > 0);
  let trouble: Trouble | null = null;
  for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
    if (trouble) {
      for (const item of batch) answers.set(item, notSent(trouble));
      continue;
    }
    try {
      const result = await send(batch);
      if (!('refused' in result)) batch.forEach((item, i) => answers.set(item, answerAt(result, i)));
      else if (batch.length === 1) answers.set(batch[0]!, { is: 'rejected', reason: result.refused });
      else waiting.unshift(...chunks(batch, Math.ceil(batch.length / 2)));
    } catch (error) {
      const ours = troubleOf(error);
      if (!(error instanceof NotSent)) trouble = ours;
      for (const item of batch) answers.set(item, ours);
    }
  }
  return answers;
}

function answerAt(answers: readonly Answer[], i: number): Answer {
  return (
    answers[i] ?? { is: 'unknown', reason: asKept(say`the answer does not say what became of this record`) }
  );
}

/** `[1, 2, 3, 4, 5]` in chunks of 2 -> `[[1, 2], [3, 4], [5]]` */
export function chunks<T>(items: readonly T[], size: number): T[][] {
  const all: T[][] = [];
  for (let from = 0; from < items.length; from += size) all.push(items.slice(from, from + size));
  return all;
}
