import type { DraftState } from '#contracts';
import { refuse, type Refusal } from '#platform';
import { eitherOf, listed, say } from '#words';
import { byItself, draftActions, draftStates, transitions, type DraftAction } from './states.ts';
import { actionInWords, stateInWords } from './states-in-words.ts';

/** The state that an action leads to, or why it is not possible now. */
export function move(state: DraftState, action: DraftAction): DraftState | Refusal {
  const next = transitions[state][action];
  if (next) return next;
  const isClosed = Object.keys(transitions[state]).length === 0;
  if (isClosed)
    return refuse('draft-closed', {
      title: say`The draft is closed`,
      status: 409,
      detail: say`It is ${stateInWords[state]}; nothing is done to it any more.`,
    });
  const from = draftStates.filter((each) => transitions[each][action]).map((each) => stateInWords[each]);
  const possible = draftActions.filter((each) => transitions[state][each] && !byItself.has(each));
  return refuse('draft-state', {
    title: say`This cannot be done to the draft as it stands`,
    status: 409,
    detail: say`It is ${stateInWords[state]}. "${actionInWords[action]}" is for a draft that is ${eitherOf(from)}; now it can be done: ${listed(possible.map((each) => actionInWords[each]))}.`,
  });
}
