import { noSteps, type StepCounts } from '#contracts';
import type { TurnInput, TurnPlan } from '../delivery/plan-turn.ts';
import { addCounts, countSteps } from './count-steps.ts';
import { followTurns } from './follow-turns.ts';

/**
 * What a turn and those that follow it do to a target because the map changed. What was stuck, and records in doubt or to
 * be mended, are no matter of an approval; of a turn in doubt that is what the ledger lacks, not all that it sends again.
 * A record that is sent once more, because what it stands below opened after it, counts once.
 * @param first the turn itself, as it was planned
 */
export function countTurns(input: TurnInput, first: TurnPlan): StepCounts {
  const { stuck, links, turn } = input;
  const leftOut = new Set([
    ...stuck.map(({ conceptId }) => conceptId),
    ...links.flatMap(({ conceptId, hash }) => (hash === null ? [conceptId] : [])),
  ]);
  const sent = new Set<string>();
  let counts = noSteps();
  for (const { plan } of turn.isInDoubt ? followTurns(calm(input)) : followTurns(input, first)) {
    const keyed = plan.steps.map((step) => ({ step, key: `${step.work.conceptId}:${step.work.generation}` }));
    const counted = keyed.filter(
      ({ step: { work, content }, key }) =>
        !leftOut.has(work.conceptId) && !(content.active && sent.has(key)),
    );
    counts = addCounts(counts, countSteps(counted.map(({ step }) => step)));
    for (const { key } of keyed) sent.add(key);
  }
  return counts;
}

/** As if everything that was sent had been answered. */
const calm = (input: TurnInput): TurnInput => ({
  ...input,
  entries: input.entries.map((entry) => ({ ...entry, pastCodes: null })),
  turn: { isInDoubt: false, mayExist: false },
});
