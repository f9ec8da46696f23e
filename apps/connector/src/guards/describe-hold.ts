import type { Hold, StepGroups } from '#contracts';

const groups = {
  created: 'records made or opened again',
  changed: 'records renamed, renumbered or moved',
  ended: 'records put out of use or deleted',
} as const satisfies Record<keyof StepGroups, string>;

/**
 * Why a target is held: the groups of which more would be done than was approved.
 * @param isToCompare what is registered for it changed while it was held
 */
export function describeHold({ revision, would, approved }: Hold, isToCompare: boolean): string {
  const beyond = (['created', 'changed', 'ended'] as const).filter((group) => would[group] > approved[group]);
  const said = beyond.map(
    (group) => `${groups[group]}: approved ${approved[group]}, would be ${would[group]}`,
  );
  const more = isToCompare
    ? ['its configuration changed since, so all of it is compared once it is released']
    : [];
  return [`revision ${revision} would do more than was approved`, ...said, ...more].join('; ');
}
