import type { Answer, Step } from '../driver.ts';

/** Answers in the order of the steps. A step without an answer is a programming error. */
export function inOrder(steps: readonly Step[], answers: ReadonlyMap<Step, Answer>): Answer[] {
  return steps.map((step) => {
    const answer = answers.get(step);
    if (!answer) throw new Error(`the driver forgot the step of ${step.key}`);
    return answer;
  });
}
