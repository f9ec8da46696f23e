import { expect, it } from 'vitest';
import type { RolloutCounts } from '../rollout/schemas.ts';
import { LiveHub, type Watched } from './live-hub.ts';

const target = (id: string, applied: number): Watched => ({
  id,
  state: 'in-step',
  desired: applied,
  applied,
  stuck: 0,
});

const rollout = (scheme: string, hold: number): RolloutCounts => ({
  scheme,
  revision: 1,
  since: '2024-01-01T00:00:00.000Z',
  targets: {
    shouldHold: 2,
    hold,
    onTheWay: 2 - hold,
    stuck: 0,
    unreachable: 0,
    paused: 0,
    quarantined: 0,
    heldByGuard: 0,
    heldByWave: 0,
    notYet: 0,
    observed: 0,
  },
  records: { shouldHold: 2, inStep: hold, percent: 50 * hold },
});

function reader() {
  const got: string[] = [];
  const state = { waiting: 0, ended: false };
  return {
    got,
    state,
    waiting: () => state.waiting,
    write: (text: string) => void got.push(text),
    end: () => void (state.ended = true),
  };
}
const eventsOf = (got: readonly string[]) => got.map((text) => /event: (\w+)/.exec(text)?.[1] ?? 'comment');
const idOf = (text = '') => /id: (\S+)/.exec(text)?.[1];

it('tells what changed, once', () => {
  const hub = new LiveHub();
  const one = reader();
  hub.join(one, undefined);
  hub.look([target('a', 1), target('b', 1)]);
  hub.look([target('a', 2), target('b', 1)]);
  hub.look([target('a', 2), target('b', 1)]);
  hub.look([target('a', 2)]);
  expect(eventsOf(one.got)).toEqual(['reset', 'targets', 'targets']);
  expect(one.got[1]).toContain('"changed":[{"id":"a"');
  expect(one.got[2]).toContain('"gone":["b"]');
});

it('tells how far a revision has come, when that changes', () => {
  const hub = new LiveHub();
  const one = reader();
  hub.join(one, undefined);
  for (const hold of [1, 1, 2]) hub.lookAtRollouts([rollout('map', hold), rollout('other', 1)]);
  expect(eventsOf(one.got)).toEqual(['reset', 'rollouts']);
  expect(one.got[1]).toContain('"changed":[{"scheme":"map"');
  expect(one.got[1]).not.toContain('other');
});

it('goes on after the last event that was seen, or says that it cannot', () => {
  const hub = new LiveHub();
  const one = reader();
  hub.join(one, undefined);
  for (let applied = 1; applied <= 4; applied++) hub.look([target('a', applied)]);
  const back = reader();
  hub.join(back, idOf(one.got[1]));
  expect(back.got).toEqual(one.got.slice(2));
  for (const strange of ['other-1', '', idOf(one.got[1])?.replace(/\d+$/, '99')]) {
    const late = reader();
    hub.join(late, strange);
    expect(eventsOf(late.got)).toEqual(['reset']);
  }
  for (let applied = 5; applied <= 200; applied++) hub.look([target('a', applied)]);
  const tooLate = reader();
  hub.join(tooLate, idOf(one.got[1]));
  expect(eventsOf(tooLate.got)).toEqual(['reset']);
});

it('drops what a slow reader does not take, and tells it when it has caught up', () => {
  const hub = new LiveHub();
  const slow = reader();
  hub.join(slow, undefined);
  hub.look([target('a', 1)]);
  slow.state.waiting = 1_000_000;
  for (let applied = 2; applied <= 50; applied++) hub.look([target('a', applied)]);
  expect(slow.got).toHaveLength(1);
  slow.state.waiting = 0;
  hub.beat(0);
  hub.look([target('a', 51)]);
  expect(eventsOf(slow.got)).toEqual(['reset', 'reset', 'targets']);
});

it('cuts off whoever does not catch up for a minute', () => {
  const hub = new LiveHub();
  const [slow, quick, slowForOnce] = [reader(), reader(), reader()];
  for (const each of [slow, quick, slowForOnce]) hub.join(each, undefined);
  hub.look([target('a', 1)]);
  slow.state.waiting = slowForOnce.state.waiting = 1_000_000;
  hub.look([target('a', 2)]);
  hub.beat(1_000);
  slowForOnce.state.waiting = 0;
  hub.beat(30_000);
  hub.beat(61_000);
  expect(slow.state.ended).toBe(false);
  hub.beat(61_001);
  expect([slow, quick, slowForOnce].map(({ state }) => state.ended)).toEqual([true, false, false]);
});

it('asks to read anew when very many targets changed, and has room for so many who watch', () => {
  const hub = new LiveHub();
  const many = (applied: number) => Array.from({ length: 501 }, (_, i) => target(`t${i}`, applied));
  const readers = Array.from({ length: 200 }, reader);
  const leaving = readers.map((each) => hub.join(each, undefined));
  expect(hub.join(reader(), undefined)).toBeNull();
  leaving[0]?.();
  expect(hub.join(reader(), undefined)).not.toBeNull();
  hub.look(many(1));
  hub.look(many(2));
  expect(eventsOf(readers[1]?.got ?? [])).toEqual(['reset', 'reset']);
  hub.end();
  expect(readers.at(-1)?.state.ended).toBe(true);
  expect(hub.isWatched).toBe(false);
  expect(hub.join(reader(), undefined)).toBeNull();
});
