import type { StepCounts, StepGroups } from '#contracts';

/** Steps that are equally grave together: what one plan makes anew, another opens again. */
export function groupSteps(counts: StepCounts): StepGroups {
  return {
    created: counts.create + counts.reopen,
    changed: counts.rename + counts.renumber + counts.move,
    ended: counts.end + counts.deactivate + counts.delete,
  };
}

/**
 * What several plans, of revisions that follow one another, allow together. What ends in one and is created in a later one
 * is only changed where both arrive at once, so each such pair allows a change too.
 */
export function allowedBy(plans: readonly StepCounts[]): StepGroups {
  let allowed: StepGroups = { created: 0, changed: 0, ended: 0 };
  let ended = 0;
  for (const { created, ...plan } of plans.map(groupSteps)) {
    const pairs = Math.min(ended, created);
    ended += plan.ended - pairs;
    allowed = {
      created: allowed.created + created,
      changed: allowed.changed + plan.changed + pairs,
      ended: allowed.ended + plan.ended,
    };
  }
  return allowed;
}

export const isBeyond = (would: StepGroups, may: StepGroups): boolean =>
  would.created > may.created || would.changed > may.changed || would.ended > may.ended;

export function mostOf(a: StepGroups, b: StepGroups): StepGroups {
  return {
    created: Math.max(a.created, b.created),
    changed: Math.max(a.changed, b.changed),
    ended: Math.max(a.ended, b.ended),
  };
}
