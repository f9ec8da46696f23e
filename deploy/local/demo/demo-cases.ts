/** What the demo needs of a record of the CRM. */
export interface TaggedWith {
  readonly id: string;
  readonly title: string;
}

const questions = ['Richiesta di informazioni', 'Pratica da evadere', 'Segnalazione di un’impresa'] as const;
const longestSubject = 255;

/** One to three cases for each process, the same at every start, so that every code has a use that can be counted. */
export function demoCases(processes: readonly TaggedWith[]): object[] {
  return processes.flatMap(({ id, title }, n) =>
    questions.slice(0, 1 + (n % questions.length)).map((question) => ({
      attributes: { type: 'Case' },
      Subject: `${question}: ${title}`.slice(0, longestSubject),
      Activity__c: id,
    })),
  );
}
