import { noSteps, stepKinds, type StepCounts, type StepKind } from '#contracts';
import type { PlannedStep } from '../delivery/plan.ts';

/** Steps by what they do to records; one that only stands aside for a moment is none. */
export function countSteps(steps: readonly Pick<PlannedStep, 'work' | 'content' | 'hash'>[]): StepCounts {
  const counts = noSteps();
  for (const step of steps) {
    const kind = kindOf(step);
    if (kind) counts[kind]++;
  }
  return counts;
}

export function addCounts(a: StepCounts, b: StepCounts): StepCounts {
  const sum = noSteps();
  for (const kind of stepKinds) sum[kind] = a[kind] + b[kind];
  return sum;
}

function kindOf({
  work: { held, deletion },
  content,
  hash,
}: Parameters<typeof countSteps>[0][number]): StepKind | null {
  // A record that is deleted ends first, and is counted then; it stays ended where something uses it.
  if (hash === null || deletion === 'now') return null;
  if (deletion === 'later') return 'delete';
  if (!content.active) return content.validTo === null ? 'deactivate' : 'end';
  if (held === null) return 'create';
  if (held.state !== 'current') return 'reopen';
  if (held.code !== content.code) return 'renumber';
  // In doubt, with the same place: it is put below a record that took over.
  return held.parentId !== content.parentId || held.hash === null ? 'move' : 'rename';
}
