import { describe, expect, it } from 'vitest';
import { conceptNumber } from '../testing/map-history.ts';
import { entry, link, rules } from '../testing/turn-parts.ts';
import { planTurn, type TurnInput } from './plan-turn.ts';

const [one, two, below] = [conceptNumber(1), conceptNumber(2), conceptNumber(3)];

const input: TurnInput = {
  entries: [entry(one, 'A1'), entry(two, 'A5'), entry(below, 'A5.1', two)],
  past: [],
  // The first record of the one is yet to be deleted; the second has the code that the other one takes.
  links: [link(one, 1, 'leaving', 'A3 (cessata)'), link(one, 2, 'current', 'A5')],
  stuck: [],
  skipped: [],
  turn: { isInDoubt: false, mayExist: false },
  rules,
};
const stepsOf = (given: TurnInput): string[] =>
  planTurn(given).plan.steps.map(({ work, content }) => `${work.conceptId.slice(0, 8)} ${content.code}`);

it('a code is taken by no turn that is about another record than the one that has it', () => {
  expect(stepsOf(input)).toEqual([expect.stringMatching(/^00000001 A3/)]);
  expect(planTurn(input).isLast).toBe(false);
  const ended = [link(one, 1, 'ended', 'A3 (cessata)'), link(one, 2, 'current', 'A5')];
  expect(stepsOf({ ...input, links: ended })).toEqual([
    expect.stringMatching(/^00000001 A5 \(cessata/),
    '00000002 A5',
    '00000003 A5.1',
  ]);
});

it('a code that a stuck record of which nobody knows may have is taken after that one, but does not wait for it', () => {
  const stuckOne = {
    targetId: 't',
    conceptId: one,
    isRefused: false,
    failsAlone: false,
    hash: null,
    reason: '',
    mayExist: true,
    mayStand: true,
  };
  const entries = [entry(two, 'A2'), { ...entry(one, 'A1.1', below), pastCodes: ['A2'] }, entry(below, 'A1')];
  const known = { ...input, entries, links: [], stuck: [stuckOne] };
  const orderOf = (given: TurnInput): string[] => {
    const { steps, waves } = planTurn(given).plan;
    return waves.flat().map((place) => steps[place]?.content.code ?? '');
  };
  expect(orderOf(known)).toEqual(['A1', 'A1.1', 'A2']);
  const skipped = [{ targetId: 't', conceptId: one, reason: 'no' }];
  expect(orderOf({ ...known, skipped }).sort()).toEqual(['A1', 'A2']);
});

it('who goes below a record that was about to be deleted waits until it is known to be there', () => {
  const follow = { ...rules.policies, renumbered: 'follow', reused: 'follow', redefined: 'follow' } as const;
  const links = [link(one, 1, 'leaving', 'A1 (cessata)'), link(two, 1, 'current', 'A2')];
  const entries = [entry(two, 'A2', one), entry(one, 'A1')];
  const { plan } = planTurn({ ...input, entries, links, rules: { ...rules, policies: follow } });
  expect(plan.steps.map(({ content }) => content.code)).toEqual(['A2', 'A1']);
  expect(plan.waves).toEqual([[1], [0]]);
});

describe('a record of an entry that left the map', () => {
  const gone = { ...entry(one, 'A2'), notes: null, lastNotes: 'n', goneOn: '2026-09-01' };
  const meant = {
    conceptId: one,
    code: 'A1',
    notes: 'n',
    level: 1,
    titles: { it: { official: 'b' } },
    goneOn: '2026-06-01',
  };
  const given = { ...input, entries: [gone], links: [{ ...link(one, 1, 'current', 'A1') }], past: [meant] };
  const saidIn = (turn: TurnInput) =>
    planTurn(turn).plan.steps.map(({ work, content: { code, title, validTo } }) => [
      code,
      title,
      validTo,
      work.deletion,
    ]);
  const itself = ['A1 (cessata 2026-06-01 00000001)', 'b', '2026-05-31', 'no'];

  it('ends as what it meant where its entry meant something else in the end, and is not deleted', () => {
    expect(saidIn(given)).toEqual([itself]);
    expect(saidIn({ ...given, turn: { isInDoubt: true, mayExist: false } })).toEqual([itself]);
  });

  it('says that again, once it has ended, also where nobody knows who has its code now', () => {
    const links = [{ ...link(one, 1, 'ended', 'A1'), hash: null }];
    const policies = { ...rules.policies, renumbered: 'follow' } as const;
    expect(saidIn({ ...given, links, rules: { ...rules, policies } })).toEqual([itself]);
  });

  it('ends as what its entry was in the end where records follow, or where it meant that', () => {
    const follow = {
      ...rules.policies,
      renumbered: 'follow',
      reused: 'follow',
      redefined: 'follow',
    } as const;
    const inTheEnd = ['A2 (cessata 2026-09-01)', 'a', '2026-08-31', 'later'];
    expect(saidIn({ ...given, rules: { ...rules, policies: follow } })).toEqual([inTheEnd]);
    const links = [link(one, 1, 'current', 'A2')];
    expect(saidIn({ ...given, links, past: [{ ...meant, code: 'A2' }] })).toEqual([inTheEnd]);
  });

  it('keeps the code without a name that it has', () => {
    const links = [{ ...link(one, 1, 'ended', 'A1 (cessata 2026-06-01)'), usedCode: 'A1', hash: null }];
    expect(saidIn({ ...given, links })).toEqual([['A1 (cessata 2026-06-01)', 'b', '2026-05-31', 'no']]);
  });
});
