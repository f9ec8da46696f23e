import { mostTurns, planTurn, type TurnInput, type TurnPlan } from '../delivery/plan-turn.ts';
import { withAllTaken } from './ledger-in-step.ts';

/** The turns that follow one another, each on the ledger of a target that took all of the one before. */
export function* followTurns(input: TurnInput): Generator<TurnPlan> {
  let { links } = input;
  for (let turns = 1; turns <= mostTurns; turns++) {
    const planned = planTurn({ ...input, links });
    yield planned;
    if (planned.isLast) return;
    links = withAllTaken(links, planned);
  }
}
