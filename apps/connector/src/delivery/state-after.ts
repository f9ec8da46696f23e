import type { Generation } from './generation.ts';
import type { PlannedStep } from './plan.ts';

/** How a record stands when its step is done. */
export function stateAfter({ work, content }: Pick<PlannedStep, 'work' | 'content'>): Generation['state'] {
  if (content.active) return 'current';
  const { deletion } = work;
  return deletion === 'now' ? 'deleted' : deletion === 'later' ? 'leaving' : 'ended';
}
