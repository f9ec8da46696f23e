import { inWords, type Sentence } from '#words';

/** Why the status cannot be shown. */
export class NotTold extends Error {
  readonly why: Sentence;

  constructor(why: Sentence) {
    super(inWords(why, 'en'));
    this.why = why;
  }
}
