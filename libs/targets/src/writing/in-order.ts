import type { Answer, Step } from '../driver.ts';

/** Answers in the order of what was asked: steps, or ids of records to delete. One without an answer is a programming error. */
export function inOrder<T extends Step | string>(
  asked: readonly T[],
  answers: ReadonlyMap<T, Answer>,
): Answer[] {
  return asked.map((one) => {
    const answer = answers.get(one);
    if (!answer)
      throw new Error(`the driver forgot ${typeof one === 'string' ? one : `the step of ${one.key}`}`);
    return answer;
  });
}
