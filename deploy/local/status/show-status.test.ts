import { describe, expect, it } from 'vitest';
import type { TargetWithStuck } from './read-status.ts';
import { statusJson, statusLines } from './show-status.ts';

const target: TargetWithStuck = {
  id: 'demo-crm',
  organisation: 'o',
  system: 's',
  profile: 'p',
  scheme: 'm',
  skipped: 0,
  kind: 'crm',
  driver: 'crm-sobject',
  address: 'http://127.0.0.1:7330/crm',
  state: 'in-step',
  desired: 2,
  applied: 2,
  items: 449,
  total: 449,
  stuck: 0,
  lagChanges: 0,
  lagSeconds: 0,
  verifiedAt: null,
  hold: null,
  drift: 0,
  recurring: 0,
  pause: null,
  waitsFor: null,
  reason: null,
  stuckReasons: [],
};

const shown = (targets: TargetWithStuck[], language: 'it' | 'en' = 'en') =>
  statusLines({ stopped: null, targets }, language);

describe('the status of all targets', () => {
  it('is a line for each, with a line below it for each reason', () => {
    const codes = Array.from({ length: 10 }, (_, i) => `A${i}`);
    const lines = shown([
      target,
      {
        ...target,
        id: 'hr',
        state: 'unreachable',
        applied: 1,
        lagChanges: 6,
        lagSeconds: 300,
        reason: 'answers 503',
      },
      {
        ...target,
        id: 'x',
        state: 'stuck',
        stuck: 10,
        reason: 'A0: no',
        stuckReasons: [{ reason: 'no', codes }],
      },
    ]);
    expect(lines).toEqual([
      'target    kind  state        revision  items       stuck  behind            address',
      'demo-crm  crm   in-step      2         449 of 449  0      -                 http://127.0.0.1:7330/crm',
      'hr        crm   unreachable  1 of 2    449 of 449  0      6 changes, 5 min  http://127.0.0.1:7330/crm',
      '    answers 503',
      'x         crm   stuck        2         449 of 449  10     -                 http://127.0.0.1:7330/crm',
      '    A0, A1, A2, A3, A4, A5, A6, A7 and 2 more: no',
      '    what to do (docs/operations.md): POST …/targets/x/retry',
    ]);
  });

  it('says what holds back a target that is in step', () => {
    const waitsFor = { revision: 3, wave: 2, reason: 'revision 3 reaches 1 of the waves' };
    expect(shown([{ ...target, waitsFor }])[2]).toBe('    revision 3 reaches 1 of the waves');
  });

  it('is Italian for whoever reads Italian', () => {
    expect(
      shown([{ ...target, state: 'held', applied: 1, lagChanges: 1, reason: 'farebbe di più' }], 'it'),
    ).toEqual([
      expect.stringMatching(/^sistema collegato  tipo  stato  /),
      expect.stringMatching(/^demo-crm +crm   trattenuto  1 di 2 +449 di 449  0 +1 variazione, 0 s/),
      '    farebbe di più',
      expect.stringMatching(/^ {4}che cosa fare.*hold\/release$/),
    ]);
  });

  it('says first that all deliveries are stopped, whatever the targets are', () => {
    const stopped = { reason: 'prova generale', since: '2026-11-27T16:00:00.000Z' };
    expect(statusLines({ stopped, targets: [] }, 'en')).toEqual([
      'ALL DELIVERIES ARE STOPPED since 2026-11-27T16:00:00.000Z: prova generale\nTo let them go on: POST /api/v1/deliveries/resume',
      '',
      'No targets are registered.',
    ]);
  });

  it('has exactly the agreed fields for scripts', () => {
    const parsed: unknown = JSON.parse(statusJson([target]));
    expect(parsed).toEqual({
      targets: [
        {
          id: 'demo-crm',
          kind: 'crm',
          driver: 'crm-sobject',
          address: 'http://127.0.0.1:7330/crm',
          state: 'in-step',
          desired: 2,
          applied: 2,
          items: 449,
          stuck: 0,
          lagSeconds: 0,
        },
      ],
    });
  });
});
