import { expect, it } from 'vitest';
import { stateOf } from './target-status.ts';

const good = {
  mode: 'on' as const,
  paused: false,
  trouble: null,
  stuck: 0,
  applied: 2,
  desired: 2,
  isInStep: true,
};

it('a target has the first state that holds', () => {
  expect(stateOf(good)).toBe('in-step');
  expect(stateOf({ ...good, mode: 'observe', paused: true })).toBe('observe');
  expect(stateOf({ ...good, applied: 1 })).toBe('behind');
  expect(stateOf({ ...good, isInStep: false })).toBe('behind');
  expect(stateOf({ ...good, applied: 0, desired: 0 })).toBe('behind');
  expect(stateOf({ ...good, trouble: 'slow-down', applied: 1 })).toBe('behind');
  expect(stateOf({ ...good, stuck: 1, applied: 1 })).toBe('stuck');
  expect(stateOf({ ...good, stuck: 1, trouble: 'failing' })).toBe('unreachable');
  expect(stateOf({ ...good, stuck: 1, trouble: 'failing', paused: true })).toBe('paused');
});
