import { expect, it } from 'vitest';
import { planTurn, type TurnInput } from '../delivery/plan-turn.ts';
import { render, renderedHash } from '../delivery/render.ts';
import { conceptNumber } from '../testing/map-history.ts';
import { entry, link, rules } from '../testing/turn-parts.ts';
import { groupSteps } from './step-groups.ts';
import { countTurns } from './count-turns.ts';

const [above, below] = [conceptNumber(1), conceptNumber(2)];
const groupsOf = (input: TurnInput): unknown => groupSteps(countTurns(input, planTurn(input)));

it('what stands below a record that took over, and that an earlier turn has placed, is sent again and counts nothing', () => {
  const parent = entry(above, 'A4');
  const child = { ...entry(below, 'A4.1', above), parentCode: parent.code };
  const old = link(above, 1, 'ended', 'A1 (cessata)');
  const input: TurnInput = {
    entries: [parent, child],
    past: [],
    links: [old],
    stuck: [],
    skipped: [],
    turn: { isInDoubt: false, mayExist: false },
    rules,
  };
  expect(groupsOf(input)).toEqual({ created: 2, changed: 0, ended: 0 });
  const content = render(child, rules);
  if ('reason' in content) throw new Error(content.reason);
  const placed = { ...link(below, 1, 'current', 'A4.1'), parentId: above, hash: renderedHash(content) };
  expect(groupsOf({ ...input, links: [old, placed] })).toEqual({ created: 1, changed: 0, ended: 0 });
});
