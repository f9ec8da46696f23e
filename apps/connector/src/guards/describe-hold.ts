import type { Hold, StepGroups } from '#contracts';
import { say, type Sentence } from '#words';

const beyond = {
  created: (approved, would) => say`records made or opened again: approved ${approved}, would be ${would}`,
  changed: (approved, would) =>
    say`records renamed, renumbered or moved: approved ${approved}, would be ${would}`,
  ended: (approved, would) => say`records put out of use or deleted: approved ${approved}, would be ${would}`,
} as const satisfies Record<keyof StepGroups, (approved: number, would: number) => Sentence>;

/**
 * Why a target is held: the groups of which more would be done than was approved.
 * @param isToCompare what is registered for it changed while it was held
 */
export function describeHold({ revision, would, approved }: Hold, isToCompare: boolean): Sentence {
  const groups = (['created', 'changed', 'ended'] as const).filter((group) => would[group] > approved[group]);
  const parts = [
    ...groups.map((group) => beyond[group](approved[group], would[group])),
    ...(isToCompare
      ? [say`its configuration changed since, so all of it is compared once it is released`]
      : []),
  ];
  return parts.reduce(
    (said, part) => say`${said}; ${part}`,
    say`revision ${revision} would do more than was approved`,
  );
}
