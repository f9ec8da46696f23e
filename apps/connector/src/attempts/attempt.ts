import type { Answer, SeenExchange, Step } from '#targets';

/** One line of what happened between us and a target. */
export interface Attempt {
  readonly targetId: string;
  /** A turn as a whole; what a target in trouble was sent together; or one record that it did not take. */
  readonly kind: 'turn' | 'batch' | 'record';
  readonly revision: number;
  readonly conceptId: string | null;
  readonly code: string | null;
  /** Class of the answer; of a turn, how it ended. */
  readonly answer: Answer['is'] | 'complete' | 'left';
  /** In the target's own words, where it gave any. */
  readonly reason: string;
  readonly sent: number;
  readonly done: number;
  readonly rejected: number;
  readonly durationMs: number;
  readonly exchange: SeenExchange | null;
}

/** Of a call to a driver: which steps went wrong, each with the exchange that shows it best. */
export interface Mishap {
  readonly kind: 'batch' | 'record';
  /** null: several. */
  readonly step: Step | null;
  readonly answer: Exclude<Answer, { is: 'done' }>;
  readonly steps: number;
  readonly exchange: SeenExchange | null;
}

/**
 * What is worth a line: each record that was not taken; and once, that the target was in trouble.
 * @param about the exchange that shows a record best, by its names; asked only when there is something
 * @param most so many records at most
 */
export function mishapsOf(
  steps: readonly Step[],
  answers: readonly Answer[],
  about: (names: readonly string[]) => SeenExchange | null,
  most: number,
): Mishap[] {
  const wrong = steps.flatMap((step, i) => {
    const answer = answers[i];
    return answer && answer.is !== 'done' ? [{ step, answer }] : [];
  });
  const refused = wrong.filter(({ answer: { is } }) => is === 'rejected' || is === 'gone');
  const failed = wrong.filter((each) => !refused.includes(each));
  const [first] = failed;
  return [
    ...refused.slice(0, most).map(({ step, answer }): Mishap => {
      return { kind: 'record', step, answer, steps: 1, exchange: about(namesOf(step)) };
    }),
    ...(first
      ? [
          {
            kind: 'batch',
            step: failed.length === 1 ? first.step : null,
            answer: first.answer,
            steps: failed.length,
            exchange: about(namesOf(first.step)),
          } as const,
        ]
      : []),
  ];
}

/** Our key, else the id of the target. */
const namesOf = ({ key, externalId }: Step): string[] => (externalId ? [key, externalId] : [key]);
