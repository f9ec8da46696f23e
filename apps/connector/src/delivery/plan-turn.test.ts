import { expect, it } from 'vitest';
import { codeFrom, type ConceptId } from '#taxonomy';
import { conceptNumber } from '../testing/map-history.ts';
import type { LoadedEntry } from './load-entries.ts';
import type { Link } from './load-ledger.ts';
import { planTurn, type TurnInput } from './plan-turn.ts';

const hash = 'a'.repeat(64);
const [one, two, below] = [conceptNumber(1), conceptNumber(2), conceptNumber(3)];

const entry = (conceptId: ConceptId, code: string, parentId: ConceptId | null = null): LoadedEntry => ({
  conceptId,
  code: codeFrom(code),
  level: 1,
  titles: { it: { official: 'a' } },
  notes: 'n',
  parentId,
  parentCode: null,
  goneOn: null,
  since: '2026-01-01',
  pastCodes: null,
  isChanged: true,
  titlesBefore: null,
  isShared: true,
});
const link = (conceptId: ConceptId, generation: number, state: Link['state'], code: string): Link => ({
  targetId: 't',
  conceptId,
  generation,
  state,
  code,
  externalId: `r${generation}`,
  parentId: null,
  hash,
  usedCode: code,
  usedNotes: 'n',
});
const input: TurnInput = {
  entries: [entry(one, 'A1'), entry(two, 'A5'), entry(below, 'A5.1', two)],
  past: [],
  // The first record of the one is yet to be deleted; the second has the code that the other one takes.
  links: [link(one, 1, 'leaving', 'A3 (cessata)'), link(one, 2, 'current', 'A5')],
  stuck: [],
  skipped: [],
  turn: { isInDoubt: false, mayExist: false },
  rules: {
    uniqueCodes: true,
    longestCode: 80,
    longestTitle: 80,
    language: 'it',
    missingTitle: 'show',
    policies: {
      renumbered: 'succeed',
      reused: 'succeed',
      redefined: 'succeed',
      retire: 'delete',
      drift: 'repair',
      driftLimit: 20,
    },
  },
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

it('who goes below a record that was about to be deleted waits until it is known to be there', () => {
  const { rules } = input;
  const follow = { ...rules.policies, renumbered: 'follow', reused: 'follow', redefined: 'follow' } as const;
  const links = [link(one, 1, 'leaving', 'A1 (cessata)'), link(two, 1, 'current', 'A2')];
  const entries = [entry(two, 'A2', one), entry(one, 'A1')];
  const { plan } = planTurn({ ...input, entries, links, rules: { ...rules, policies: follow } });
  expect(plan.steps.map(({ content }) => content.code)).toEqual(['A2', 'A1']);
  expect(plan.waves).toEqual([[1], [0]]);
});
