import type { Language } from '#words';

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
