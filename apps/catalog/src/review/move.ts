import type { DraftState } from '#contracts';
import { refuse, type Refusal } from '#platform';
import { eitherOf, say } from '#words';
import { draftStates, transitions, type DraftAction } from './states.ts';

/** The state that an action leads to, or why it is not possible now. */
export function move(state: DraftState, action: DraftAction): DraftState | Refusal {
  const next = transitions[state][action];
  if (next) return next;
  const isClosed = Object.keys(transitions[state]).length === 0;
  if (isClosed)
    return refuse('draft-closed', {
      title: say`The draft is closed`,
      status: 409,
      detail: say`It is ${state}; nothing is done to it any more.`,
    });
  const from = draftStates.filter((each) => transitions[each][action]);
  return refuse('draft-state', {
    title: say`This cannot be done to the draft as it stands`,
    status: 409,
    detail: say`It is ${state}. "${action}" is for a draft that is ${eitherOf(from)}; now it can be done: ${Object.keys(transitions[state]).join(', ')}.`,
  });
}
