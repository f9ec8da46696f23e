import { inWords, type Sentence } from '#words';

/** Why the status cannot be shown. */
export class NotTold extends Error {
  constructor(readonly why: Sentence) {
    super(inWords(why, 'en'));
  }
}
