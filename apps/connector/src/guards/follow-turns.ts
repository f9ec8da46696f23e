import { mostTurns, planTurn, type TurnInput, type TurnPlan } from '../delivery/plan-turn.ts';
import { withAllTaken } from './ledger-in-step.ts';

/**
 * The turns that follow one another, each on the ledger of a target that took all of the one before.
 * @param first where it is planned already
 */
export function* followTurns(input: TurnInput, first = planTurn(input)): Generator<TurnPlan> {
  let planned = first;
  yield planned;
  for (let { links } = input, turns = 1; !planned.isLast && turns < mostTurns; turns++) {
    links = withAllTaken(links, planned);
    planned = planTurn({ ...input, links });
    yield planned;
  }
}
