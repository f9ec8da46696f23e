import type { Answer, Trouble } from '../driver.ts';
import { NotSent } from '../http/dry-run.ts';
import { notSent, troubleOf } from './trouble.ts';

/**
 * Works on items one by one, a few at the same time. After trouble with the target no further item is begun.
 * @param work answers for its item; rejects with TargetError for trouble
 */
export async function inParallel<T>(
  items: readonly T[],
  concurrency: number,
  work: (item: T) => Promise<Answer>,
): Promise<Map<T, Answer>> {
  const answers = new Map<T, Answer>();
  const waiting = items.values();
  let trouble: Trouble | null = null;
  const worker = async (): Promise<void> => {
    for (const item of waiting) {
      if (trouble) {
        answers.set(item, notSent(trouble));
        continue;
      }
      try {
        answers.set(item, await work(item));
      } catch (error) {
        const ours = troubleOf(error);
        if (!(error instanceof NotSent)) trouble ??= ours;
        answers.set(item, ours);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
  return answers;
}
