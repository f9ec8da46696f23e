import type { DraftState } from '#contracts';
import { say, type Sentence } from '#words';
import type { DraftAction } from './states.ts';

/** What a draft is, as a person says it. */
export const stateInWords: Readonly<Record<DraftState, Sentence>> = {
  open: say`open`,
  submitted: say`submitted`,
  approved: say`approved`,
  sealed: say`sealed`,
  rejected: say`rejected`,
  withdrawn: say`withdrawn`,
  published: say`published`,
  discarded: say`discarded`,
};

export const actionInWords: Readonly<Record<DraftAction, Sentence>> = {
  edit: say`edit`,
  submit: say`submit`,
  approve: say`approve`,
  reject: say`reject`,
  withdraw: say`withdraw`,
  seal: say`seal`,
  publish: say`publish`,
  'place-before': say`place before the first revision`,
  'cut-over': say`come into force on its day`,
  return: say`go back to a person`,
  discard: say`discard`,
};
