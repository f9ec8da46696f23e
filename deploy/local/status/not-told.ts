import { inWords, type Sentence } from '#words';

/** Why what a command was asked cannot be told, or done. */
export class NotTold extends Error {
  readonly why: Sentence;

  constructor(why: Sentence) {
    super(inWords(why, 'en'));
    this.why = why;
  }
}
