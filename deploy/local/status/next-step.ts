import type { TargetStatus } from '#contracts';
import { say, type Sentence } from '#words';

/** What only a person can do for a target; null: it needs nobody, or its reason says it. */
export function nextStep({ id, state }: Pick<TargetStatus, 'id' | 'state'>): Sentence | null {
  const act = acts[state];
  return act === undefined ? null : say`what to do (docs/operations.md): ${act.replaceAll('{id}', id)}`;
}

const acts: Partial<Record<TargetStatus['state'], string>> = {
  observe: 'GET …/targets/{id}/observation, POST …/targets/{id}/activation',
  paused: 'POST …/targets/{id}/resume',
  quarantined: 'POST …/targets/{id}/release',
  held: 'POST …/targets/{id}/rehearsal, POST …/targets/{id}/hold/release',
  stuck: 'POST …/targets/{id}/retry',
  drifted: 'GET …/targets/{id}/drift',
  'in-step-except': 'POST …/targets/{id}/unskip',
};
