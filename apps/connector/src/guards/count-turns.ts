import { noSteps, type StepCounts } from '#contracts';
import type { PlannedStep } from '../delivery/plan.ts';
import type { TurnInput, TurnPlan } from '../delivery/plan-turn.ts';
import { titleFor } from '../delivery/render.ts';
import { addCounts, countSteps } from './count-steps.ts';
import { followTurns } from './follow-turns.ts';

/**
 * What a turn and those that follow it do to a target because the map changed on its way. What else is sent is no matter of an
 * approval: what was stuck, what is mended, what settings change in a full comparison; of a turn in doubt that is what the ledger
 * lacks, not all that it sends again. A record that is sent once more, because what it stands below opened after it, counts once.
 * @param first the turn itself, as it was planned
 */
export function countTurns(input: TurnInput, first: TurnPlan): StepCounts {
  const { turn } = input;
  const isCounted = becauseOfTheMap(input);
  const sent = new Set<string>();
  let counts = noSteps();
  for (const { plan } of turn.isInDoubt ? followTurns(calm(input)) : followTurns(input, first)) {
    const keyed = plan.steps.map((step) => ({ step, key: `${step.work.conceptId}:${step.work.generation}` }));
    const counted = keyed.filter(
      ({ step, key }) => isCounted(step) && !(step.content.active && sent.has(key)),
    );
    counts = addCounts(counts, countSteps(counted.map(({ step }) => step)));
    for (const { key } of keyed) sent.add(key);
  }
  return counts;
}

/**
 * A record in use that is to be sent again (a resync, drift, another record that it now stands below) counts where the map does
 * something to it that shows: else whoever has everything sent again would spend an approval that was for less.
 */
function becauseOfTheMap({ entries, stuck, links, rules }: TurnInput): (step: PlannedStep) => boolean {
  const changed = new Map(entries.flatMap((entry) => (entry.isChanged ? [[entry.conceptId, entry]] : [])));
  const leftOut = new Set([
    ...stuck.map(({ conceptId }) => conceptId),
    ...links.flatMap(({ conceptId, hash, state }) =>
      hash === null && state !== 'current' ? [conceptId] : [],
    ),
  ]);
  return ({ work: { conceptId, held }, content }) => {
    const entry = changed.get(conceptId);
    if (!entry || leftOut.has(conceptId)) return false;
    if (!content.active || held?.state !== 'current' || held.hash !== null) return true;
    const { titles, titlesBefore } = entry;
    const isRetitled =
      titlesBefore !== null && titleFor({ titles: titlesBefore }, rules) !== titleFor({ titles }, rules);
    return isRetitled || held.code !== content.code || held.parentId !== content.parentId;
  };
}

/** As if everything that was sent had been answered. */
const calm = (input: TurnInput): TurnInput => ({
  ...input,
  entries: input.entries.map((entry) => ({ ...entry, pastCodes: null })),
  turn: { isInDoubt: false, mayExist: false },
});
