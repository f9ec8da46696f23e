import { inWords, type Language, type Sentence } from '#words';

export type { Language } from '#words';

/** A command of `npm run mappa -- NAME …`. */
export interface Command {
  /** One or two words, as they are typed. */
  readonly name: string;
  readonly usage: string;
  readonly summary: Readonly<Record<Language, string>>;
  /** Answers with the exit code. */
  run(args: string[], language: Language): Promise<number>;
}

/** Says what is wrong with how a command was called, and how it is called. @returns the exit code */
export function misused(
  { usage, summary }: Pick<Command, 'usage' | 'summary'>,
  problem: Sentence,
  language: Language,
): 2 {
  console.error(`${inWords(problem, language)}\nnpm run mappa -- ${usage}\n${summary[language]}`);
  return 2;
}
