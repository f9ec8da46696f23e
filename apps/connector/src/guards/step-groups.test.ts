import { describe, expect, it } from 'vitest';
import { noSteps } from '#contracts';
import { allowedBy, groupSteps, isBeyond } from './step-groups.ts';

const plan = (counts: Partial<ReturnType<typeof noSteps>>) => ({ ...noSteps(), ...counts });

it('steps that are equally grave are counted together', () => {
  const all = {
    create: 1,
    reopen: 2,
    rename: 4,
    renumber: 8,
    move: 16,
    end: 32,
    deactivate: 64,
    delete: 128,
  };
  expect(groupSteps(all)).toEqual({ created: 3, changed: 28, ended: 224 });
});

describe('plans of several revisions', () => {
  it('allow their sum', () => {
    const allowed = allowedBy([plan({ create: 1, rename: 2 }), plan({ move: 3, end: 1 })]);
    expect(allowed).toEqual({ created: 1, changed: 5, ended: 1 });
  });

  it('allow a change for each end before a creation, once', () => {
    const endsAndComesBack = [plan({ end: 2 }), plan({ create: 1 }), plan({ create: 4 })];
    expect(allowedBy(endsAndComesBack)).toEqual({ created: 5, changed: 2, ended: 2 });
    expect(allowedBy([plan({ end: 2, create: 2 })])).toEqual({ created: 2, changed: 0, ended: 2 });
    expect(allowedBy(endsAndComesBack.toReversed())).toEqual({ created: 5, changed: 0, ended: 2 });
  });

  it('allow nothing where there are none', () => {
    expect(allowedBy([])).toEqual(groupSteps(noSteps()));
  });
});

it('beyond is more of any one group, whatever is left of the others', () => {
  const may = { created: 1, changed: 2, ended: 3 };
  expect(isBeyond(may, may)).toBe(false);
  expect(isBeyond({ created: 0, changed: 0, ended: 0 }, may)).toBe(false);
  for (const group of ['created', 'changed', 'ended'] as const) {
    expect(isBeyond({ created: 0, changed: 0, ended: 0, [group]: may[group] + 1 }, may)).toBe(true);
  }
});
